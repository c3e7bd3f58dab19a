// The page where YASGUI is not installed: the form's query, its answer as a table or as Turtle.

import { downloadsOf } from "./downloads.js";
import { element, endpoint, say, words } from "./page.js";
import { tableOf } from "./table.js";

const form = document.getElementById("sparql");
const status = element("p", { role: "status" });
const answer = element("div", { class: "answer-view" });
form.after(status, answer);

const show = async (response, query) => {
  const type = response.headers.get("Content-Type") ?? "";
  if (!response.ok) {
    const body = type.includes("json") ? await response.json() : { error: response.statusText };
    throw new Error(body.error);
  }
  const downloads = downloadsOf(query, type);
  if (!type.includes("sparql-results")) {
    status.textContent = "";
    answer.replaceChildren(downloads, element("pre", {}, await response.text()));
    return;
  }
  const { head, results, boolean } = await response.json();
  status.textContent = results ? say("rows", { rows: results.bindings.length }) : words[boolean];
  answer.replaceChildren(downloads, ...(results ? [await tableOf(head.vars, results.bindings)] : []));
};

const run = async () => {
  const query = form.elements.query.value;
  status.textContent = words.running;
  answer.replaceChildren();
  const headers = {
    Accept: "application/sparql-results+json, text/turtle",
    "Content-Type": "application/sparql-query",
  };
  try {
    await show(await fetch(endpoint, { method: "POST", headers, body: query }), query);
  } catch (error) {
    status.textContent = words.failed + error.message;
  }
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
if ("run" in form.dataset) run();
