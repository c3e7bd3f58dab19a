// What the page was given: its language, words, examples and formats; and how it makes elements.

const form = document.getElementById("sparql");

export const page = JSON.parse(form.dataset.page);
export const words = JSON.parse(form.dataset.words);
export const endpoint = location.origin + location.pathname;

/** The sentence `name` of the page's words with `{…}` filled from `values`. */
export const say = (name, values = {}) =>
  words[name].replace(/\{(\w+)\}/g, (_whole, key) => values[key]);

/** A new element with attributes and children; a string becomes text, never markup. */
export const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...children);
  return made;
};

/** The link to this page with `query`, for others to follow. */
export const linkTo = (query) => {
  const link = new URL(endpoint);
  if (page.asked) link.searchParams.set("lang", page.asked);
  link.searchParams.set("query", query);
  return link.href;
};
