// Runs the query of the page and shows its answer: rows as a table, a graph as Turtle.
// Without this script the form asks for a format and the browser shows the answer.
(() => {
  "use strict";
  const form = document.getElementById("sparql");
  const query = document.getElementById("query");
  const example = document.getElementById("example");
  const status = document.getElementById("status");
  const answer = document.getElementById("answer");
  const downloads = document.querySelectorAll("a.download");
  const MOST_ROWS = 1000;

  const element = (name, text) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    return made;
  };

  // An IRI that this site shows leads to its page here, whatever host serves it.
  const bases = JSON.parse(form.dataset.bases);
  const local = (iri) => {
    const found = bases.find(([base]) => iri.startsWith(base));
    return found ? found[1] + iri.slice(found[0].length) : iri;
  };

  const counted = (rows) =>
    rows > MOST_ROWS
      ? status.dataset.shown.replace("{shown}", MOST_ROWS).replace("{total}", rows)
      : rows + " " + status.dataset.rows;

  const cell = (term) => {
    const made = element("td");
    if (!term) return made;
    if (term.type === "uri" && /^https?:/.test(term.value)) {
      const link = element("a", term.value);
      link.href = local(term.value);
      made.append(link);
    } else {
      made.textContent = term.value;
      if (term["xml:lang"]) made.lang = term["xml:lang"];
    }
    return made;
  };

  const table = ({ head, results }) => {
    const made = element("table");
    const header = made.createTHead().insertRow();
    head.vars.forEach((name) => {
      const heading = element("th", name);
      heading.scope = "col";
      header.append(heading);
    });
    const body = made.createTBody();
    results.bindings.slice(0, MOST_ROWS).forEach((row) => {
      body.insertRow().append(...head.vars.map((name) => cell(row[name])));
    });
    return made;
  };

  const show = async (response) => {
    const type = response.headers.get("Content-Type") || "";
    if (!response.ok) {
      const body = type.includes("json") ? await response.json() : { error: response.statusText };
      status.textContent = status.dataset.failed + body.error;
    } else if (type.includes("sparql-results+json")) {
      const body = await response.json();
      const rows = body.results ? body.results.bindings.length : 0;
      status.textContent = body.results ? counted(rows) : String(body.boolean);
      if (body.results) answer.replaceChildren(table(body));
    } else {
      status.textContent = "";
      answer.replaceChildren(element("pre", await response.text()));
    }
  };

  const run = async () => {
    status.textContent = status.dataset.running;
    answer.replaceChildren();
    downloads.forEach((link) => {
      const parameters = new URLSearchParams({ query: query.value, format: link.dataset.format });
      link.href = "/sparql?" + parameters;
      link.hidden = /\b(construct|describe)\b/i.test(query.value);
    });
    try {
      const response = await fetch("/sparql", {
        method: "POST",
        headers: {
          Accept: "application/sparql-results+json, text/turtle",
          "Content-Type": "application/sparql-query",
        },
        body: query.value,
      });
      await show(response);
    } catch (error) {
      status.textContent = status.dataset.failed + error.message;
    }
  };

  example.addEventListener("change", () => { query.value = example.value; });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  if ("run" in form.dataset) run();
})();
