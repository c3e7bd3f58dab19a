// RDF terms as a reader sees them: IRIs by their names, leading to their pages on this site.

import { element, endpoint, page, say } from "./page.js";

const MOST_NAMED = 300;
const MOST_SHORT = 12;
const NAMES = `PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX dct: <http://purl.org/dc/terms/>
SELECT DISTINCT ?iri ?name WHERE {
  VALUES ?iri { IRIS }
  ?iri skos:prefLabel|rdfs:label|dct:title ?name
} LIMIT 2000`;
const NUMBERS = /#(decimal|double|float|\w*integer|(unsigned)?(byte|short|int|long))$/i; // of XSD

const known = new Map(); // IRI -> its name, or null where it has none

export const isIri = (term) => term?.type === "uri";
export const isNumber = (term) => NUMBERS.test(term?.datatype ?? "") && isFinite(term.value);

/** The address that shows `iri`: a page of this site whatever host serves it, else itself. */
export const addressOf = (iri) => {
  const found = page.bases.find(([base]) => iri.startsWith(base));
  if (!found) return iri;
  const address = new URL(found[1] + iri.slice(found[0].length), location.origin);
  if (page.asked) address.searchParams.set("lang", page.asked);
  return address.pathname + address.search + address.hash;
};

/** `iri` in short: prefixed, or without the address of this site. */
export const shortened = (iri) => {
  const prefixed = Object.entries(page.prefixes).find(([, start]) => iri.startsWith(start));
  if (prefixed) return `${prefixed[0]}:${iri.slice(prefixed[1].length)}`;
  const [base] = page.bases[0];
  return iri.startsWith(base) ? iri.slice(base.length) : iri;
};

/** What a place in a document is called (RFC 5147: `#line=2143,2144` is line 2144), else null. */
const placeName = (iri) => {
  const lines = /#line=(\d+),(\d+)$/.exec(iri);
  if (lines) {
    const [first, last] = [Number(lines[1]) + 1, Number(lines[2])];
    return first === last ? say("line", { line: last }) : say("lines", { lines: `${first}–${last}` });
  }
  const sheet = /#page=(\d+)$/.exec(iri);
  return sheet && say("page", { page: sheet[1] });
};

/** The name of `iri` as far as known, else what it is in short. */
export const nameOf = (iri) => known.get(iri) ?? placeName(iri) ?? shortened(iri);

const isAskable = (iri) => /^https?:[^<>"{}|\\^`\s]+$/.test(iri) && !known.has(iri) && !placeName(iri);

/** Learn the names of the IRIs in `rows`, with one query to our own endpoint. */
export const learnNames = async (rows) => {
  const terms = rows.flatMap((row) => Object.values(row)).filter(isIri);
  const iris = [...new Set(terms.map((term) => term.value))].filter(isAskable).slice(0, MOST_NAMED);
  if (!iris.length) return;
  const response = await fetch(endpoint, {
    method: "POST",
    headers: { Accept: "application/sparql-results+json", "Content-Type": "application/sparql-query" },
    body: NAMES.replace("IRIS", iris.map((iri) => `<${iri}>`).join(" ")),
  });
  if (!response.ok) return; // the IRIs stay as they are
  const { results } = await response.json();
  iris.forEach((iri) => known.set(iri, null));
  const best = ["", "en", "zh", page.language]; // the last is the best
  const rank = ({ name }) => best.lastIndexOf((name["xml:lang"] ?? "").slice(0, 2));
  results.bindings
    .sort((one, other) => rank(one) - rank(other))
    .forEach(({ iri, name }) => known.set(iri.value, name.value));
};

const linked = (iri) => {
  const [name, short] = [nameOf(iri), shortened(iri)];
  const link = element("a", { href: addressOf(iri), title: iri }, name);
  return name === short || placeName(iri) ? [link] : [link, element("small", {}, short)];
};

/** The cell of a table that shows `term`, which may be absent. */
export const cell = (term) => {
  if (!term) return element("td");
  const shown = isIri(term) ? nameOf(term.value) : term.value;
  const kind = isNumber(term) ? "number" : shown.length < MOST_SHORT ? "short" : "text";
  const isLink = isIri(term) && /^https?:/.test(term.value);
  const made = element("td", { class: kind }, ...(isLink ? linked(term.value) : [shown]));
  if (term["xml:lang"]) made.lang = term["xml:lang"];
  return made;
};
