// Rows of an answer as a table.

import { element, say, words } from "./page.js";
import { cell, isNumber, learnNames } from "./terms.js";

const MOST_ROWS = 1000;

/** The table of `rows` with a column for each of `names`, and a note where rows are left out. */
export const tableOf = async (names, rows) => {
  if (!rows.length) return element("p", { class: "note" }, words.empty);
  const shown = rows.slice(0, MOST_ROWS);
  await learnNames(shown);
  const heading = (name) => {
    const made = element("th", { scope: "col" }, name);
    if (shown.some((row) => isNumber(row[name]))) made.className = "number";
    return made;
  };
  const line = (row) => element("tr", {}, ...names.map((name) => cell(row[name])));
  const table = element(
    "table",
    {},
    element("thead", {}, element("tr", {}, ...names.map(heading))),
    element("tbody", {}, ...shown.map(line)),
  );
  const made = element("div", { class: "answer-table", tabindex: "0" }, table);
  if (shown.length < rows.length) {
    made.append(element("p", { class: "note" }, say("shown", { shown: shown.length, total: rows.length })));
  }
  return made;
};
