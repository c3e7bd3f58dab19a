// Links to the answer of a query, one for each format that the endpoint has for it.

import { element, endpoint, linkTo, page, words } from "./page.js";

/** The links for `query`, whose answer came as `type`: of rows or of a graph. */
export const downloadsOf = (query, type) => {
  const formats = page.formats[type.includes("sparql-results") ? "rows" : "graph"];
  const links = formats.map(({ format, name, file, type: media }) => {
    const href = `${endpoint}?${new URLSearchParams({ query, format })}`;
    return element("li", {}, element("a", { href, download: file, type: media }, name));
  });
  const share = element("a", { class: "share", href: linkTo(query) }, words.link);
  const list = element("ul", {}, ...links);
  return element("div", { class: "downloads" }, element("span", {}, words.download), list, share);
};
