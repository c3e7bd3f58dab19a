// What the editor completes: our terms and code values by their Chinese and English names.

import { element, endpoint, page } from "./page.js";

const MOST_SHOWN = 50;
const TYPED = /(?:<[^<>\s]*|[\p{L}\p{N}_-]*:?[\p{L}\p{N}_.-]*)$/u;
const WORTH_COMPLETING = /^<.|:|[^\u0000-\u00ff]/u;

const isCode = ({ iri }) => iri.startsWith(page.prefixes.code);

let terms;

/** All terms, asked of our own site once. */
const allTerms = () => {
  terms ??= fetch(`${endpoint}/vocabulary`).then((response) => (response.ok ? response.json() : []));
  return terms;
};

const typedBefore = (yasqe) => {
  const { line, ch } = yasqe.getDoc().getCursor();
  return TYPED.exec(yasqe.getDoc().getLine(line).slice(0, ch))[0];
};

/** Where `term` has what was typed: in front of its name, within it, within a label; else nowhere. */
const rankOf = (term, namespace, written) => {
  if (!term.iri.startsWith(namespace)) return Infinity;
  const local = term.iri.slice(namespace.length).toLowerCase();
  if (local.startsWith(written)) return 0;
  if (local.includes(written)) return 1;
  return [term.zh, term.en ?? ""].some((name) => name.toLowerCase().includes(written)) ? 2 : Infinity;
};

const matching = async (typed, prefixes) => {
  const isPrefixed = typed.includes(":") && !typed.startsWith("<");
  const [prefix, local] = isPrefixed ? typed.split(":") : [null, typed.replace("<", "")];
  const namespace = isPrefixed ? (prefixes[prefix] ?? page.prefixes[prefix]) : "";
  if (namespace === undefined) return [];
  const ranked = (await allTerms()).map((term) => [rankOf(term, namespace, local.toLowerCase()), term]);
  return ranked
    .filter(([rank]) => rank < Infinity)
    .sort(([one, a], [other, b]) => one - other || isCode(a) - isCode(b))
    .slice(0, MOST_SHOWN)
    .map(([, term]) => term.iri);
};

/** How `iri` is written in a query: prefixed where a prefix fits, and the prefix that needs declaring. */
const written = (iri, declared) => {
  const fits = ([, start]) => iri.startsWith(start) && /^[\w-]+$/.test(iri.slice(start.length));
  const own = Object.entries(declared).find(fits);
  const ours = own ?? Object.entries(page.prefixes).find(fits);
  if (!ours) return { text: `<${iri}>` };
  const text = `${ours[0]}:${iri.slice(ours[1].length)}`;
  return own ? { text } : { text, missing: { [ours[0]]: ours[1] } };
};

const suggestion = (yasqe, hint, found) => {
  const { text, missing } = written(hint.text, yasqe.getPrefixesFromQuery());
  const term = found.find(({ iri }) => iri === hint.text);
  const name = page.language === "en" ? (term.en ?? term.zh) : term.zh;
  return {
    ...hint,
    text,
    render: (place) => place.append(element("span", {}, text), element("small", {}, name)),
    hint: (editor) => {
      editor.getDoc().replaceRange(text, hint.from, hint.to);
      if (missing) yasqe.addPrefixes(missing);
    },
  };
};

const vocabularyCompleter = (found) => ({
  name: "vocabulary",
  bulk: false,
  autoShow: true,
  isValidCompletionPosition: (yasqe) => {
    const { type } = yasqe.getTokenAt(yasqe.getDoc().getCursor());
    return type !== "comment" && type !== "string" && WORTH_COMPLETING.test(typedBefore(yasqe));
  },
  preProcessToken: (yasqe, token) => {
    const [typed, { ch }] = [typedBefore(yasqe), yasqe.getDoc().getCursor()];
    return { ...token, string: typed, from: { ch: ch - typed.length }, to: { ch } };
  },
  get: async (yasqe, token) => {
    found.splice(0, found.length, ...(await allTerms()));
    return matching(token.string, yasqe.getPrefixesFromQuery());
  },
  postprocessHints: (yasqe, hints) => hints.map((hint) => suggestion(yasqe, hint, found)),
});

/** Replace the completers of `Yasqe`, which ask elsewhere, by ours. */
export const completeFromVocabulary = (Yasqe) => {
  const prefixes = Object.entries(page.prefixes).map(([name, start]) => `${name}: <${start}>`);
  const known = { ...Yasqe.Autocompleters.prefixes, get: async () => prefixes, persistenceId: null };
  Yasqe.registerAutocompleter(known, false);
  Yasqe.registerAutocompleter(vocabularyCompleter([]), false);
  Yasqe.defaults.autocompleters = ["prefixes", "variables", "vocabulary"];
};
