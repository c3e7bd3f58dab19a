// The page with YASGUI: tabs of queries that the browser remembers, answers as table and chart.

import { Chart } from "./chart.js";
import { downloadsOf } from "./downloads.js";
import { element, endpoint, page, say, words } from "./page.js";
import { tableOf } from "./table.js";
import { completeFromVocabulary } from "./vocabulary.js";

const { Yasgui } = window;
const { Yasqe, Yasr } = Yasgui;

/** The plugin of YASR that shows rows, triples and yes or no. */
class Table {
  priority = 10;
  label = words.table;

  constructor(yasr) {
    this.yasr = yasr;
  }

  canHandleResults() {
    return Boolean(this.yasr.results) && !this.yasr.results.getError();
  }

  async draw() {
    const { results, resultsEl } = this.yasr;
    const truth = results.getBoolean();
    const shown = truth === undefined
      ? await tableOf(results.getVariables(), results.getBindings() ?? [])
      : element("p", { class: "truth" }, words[truth]);
    resultsEl.replaceChildren(shown);
  }
}

/** The plugin of YASR that shows the answer as it came. */
class Raw {
  priority = 1;
  label = words.raw;

  constructor(yasr) {
    this.yasr = yasr;
  }

  canHandleResults() {
    return Boolean(this.yasr.results) && !this.yasr.results.getError();
  }

  draw() {
    const text = this.yasr.results.getOriginalResponseAsString();
    this.yasr.resultsEl.append(element("pre", { tabindex: "0" }, typeof text === "string" ? text : ""));
  }
}

/** What the endpoint, or the browser, says about a query that failed. */
const reasonOf = (text) => {
  try {
    return JSON.parse(text).error ?? text;
  } catch {
    return text;
  }
};

const showFailure = async ({ text = "" }) => {
  const said = /abort/i.test(text) ? words.stopped : words.failed + reasonOf(text);
  return element("p", { role: "alert" }, said);
};

const configure = () => {
  completeFromVocabulary(Yasqe);
  Object.keys(Yasr.plugins).filter((name) => name !== "error").forEach((name) => {
    delete Yasr.plugins[name];
    delete Yasr.defaults.plugins[name];
  });
  Yasr.registerPlugin("table", Table);
  Yasr.registerPlugin("chart", Chart);
  Yasr.registerPlugin("raw", Raw);
  Object.assign(Yasr.defaults, {
    pluginOrder: ["table", "chart", "raw"],
    errorRenderers: [showFailure],
    maxPersistentResponseSize: 0,
  });
};

const runButton = (current) => {
  const button = element("button", { type: "button", class: "run" }, words.run);
  button.addEventListener("click", () => {
    const tab = current();
    if (button.textContent === words.stop) tab.getYasqe().abortQuery();
    else tab.query().catch(() => {}); // the answer's place says why
  });
  return button;
};

const start = () => {
  const place = element("div", { id: "yasgui" });
  document.getElementById("sparql").replaceWith(place);
  const yasgui = new Yasgui(place, {
    autofocus: false,
    populateFromUrl: false, // a link may name a query, never another endpoint
    persistenceId: "budgetkg",
    tabName: words.tab,
    requestConfig: {
      endpoint,
      method: "POST",
      acceptHeaderSelect: "application/sparql-results+json",
      acceptHeaderGraph: "text/turtle",
    },
    endpointCatalogueOptions: { getData: () => [] },
    yasqe: {
      value: page.examples[0].text,
      createShareableLink: undefined,
      showQueryButton: false,
      pluginButtons: () => runButton(() => yasgui.getTab()),
      extraKeys: { Tab: false, "Shift-Tab": false }, // the tab key goes on through the page
      editorHeight: "21rem",
    },
  });
  return yasgui;
};

/** Keep the bar over the answer of `tab` true: how it goes, how many rows, what to download. */
const follow = (tab) => {
  const [yasqe, yasr] = [tab.getYasqe(), tab.getYasr()];
  const status = element("p", { role: "status" });
  const downloads = element("div");
  yasr.headerEl.append(status);
  yasr.headerEl.after(downloads);
  const button = yasqe.getWrapperElement().querySelector("button.run");
  yasr.headerEl.querySelectorAll(".yasr_btn").forEach((each) => each.removeAttribute("aria-label"));
  yasqe.getInputField().setAttribute("aria-label", words.tab);
  let query;
  tab.on("query", () => {
    query = tab.getQuery();
    button.textContent = words.stop;
    status.textContent = words.running;
    yasr.rootEl.hidden = false;
  });
  tab.on("queryResponse", () => { button.textContent = words.run; });
  yasr.on("drawn", () => {
    const rows = yasr.results.getBindings();
    status.textContent = rows ? say("rows", { rows: rows.length }) : "";
    const type = yasr.results.getContentType() ?? "text/turtle"; // YASR drops an empty graph's
    downloads.replaceChildren(...(yasr.results.getError() ? [] : [downloadsOf(query, type)]));
  });
  yasr.rootEl.hidden = true;
};

const textOf = (tab) => tab.getPersistedJson().yasqe.value.trim();
const exampleOf = (query) => page.examples.find(({ text }) => text === query.trim());

/** Show the query that the address names: in its tab, or one that holds nothing of the visitor's. */
const openQuery = (yasgui, query) => {
  const tabs = yasgui.persistentConfig.getTabs().map((id) => yasgui.getTab(id));
  const same = tabs.find((tab) => textOf(tab) === query.trim());
  const name = exampleOf(query)?.title ?? yasgui.createTabName();
  if (same) yasgui.selectTabId(same.getId());
  else if (exampleOf(textOf(yasgui.getTab()))) yasgui.getTab().setQuery(query).setName(name);
  else yasgui.addTab(true, { name, yasqe: { value: query } });
};

/** Follow each tab once it is drawn, mark its example, say in our words what YASGUI says in its. */
const attend = (yasgui) => {
  const followed = new WeakSet();
  const update = () => {
    const tab = yasgui.getTab();
    if (tab?.getYasr() && !followed.has(tab)) {
      followed.add(tab);
      follow(tab);
    }
    document.querySelectorAll(".queries a").forEach((link, at) => {
      if (page.examples[at].text === textOf(tab)) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    const title = (selector, said) =>
      yasgui.rootEl.querySelectorAll(selector).forEach((each) => { each.title = said; });
    title(".closeTab", words.close_tab);
    title(".addTab", words.add_tab);
    yasgui.rootEl.querySelector(".addTab").setAttribute("aria-label", words.add_tab);
  };
  ["tabChange", "tabSelect", "tabAdd"].forEach((event) => yasgui.on(event, update));
  const bar = yasgui.rootEl.querySelector(".tabsList"); // its menu speaks English only
  bar.addEventListener("contextmenu", (event) => event.stopPropagation(), true);
  return update;
};

configure();
const yasgui = start();
const update = attend(yasgui);
if (page.query) openQuery(yasgui, page.query);
update();
if (page.query) yasgui.getTab().query().catch(() => {});
