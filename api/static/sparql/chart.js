// An answer as a chart: one column names the bars or points, one gives their numbers.

import { element, say, words } from "./page.js";
import { isIri, isNumber, learnNames, nameOf } from "./terms.js";

const MOST_MARKS = 60;
const ROW_PX = 30;
const TIMES = /#(gYear|gYearMonth|date|dateTime)$/;
const KINDS = [(term) => !isIri(term) && !isNumber(term), isIri, isNumber]; // the best names first

const script = new URL("../vendor/echarts.common.min.js", import.meta.url).href;
let library;

/** The module ECharts, fetched from this site when the first chart is drawn. */
const loadLibrary = () => {
  library ??= new Promise((resolve, reject) => {
    const made = element("script", { src: script });
    made.onload = () => resolve(window.echarts);
    made.onerror = () => reject(new Error(words.no_chart));
    document.head.append(made);
  });
  return library;
};

const bound = (rows, name) => rows.map((row) => row[name]).filter(Boolean);
const textOf = (term) => (!term ? "" : isIri(term) ? nameOf(term.value) : term.value);

/** The columns whose every value is a number. */
const numberColumns = (names, rows) =>
  names.filter((name) => {
    const terms = bound(rows, name);
    return terms.length > 0 && terms.every(isNumber);
  });

/** The column, other than `number`, that tells most rows apart; of equals, words before IRIs. */
const labelColumn = (names, rows, number) => {
  const told = (name) => new Set(bound(rows, name).map(textOf)).size;
  const kind = (name) => KINDS.findIndex((isOfKind) => bound(rows, name).every(isOfKind));
  return names
    .filter((name) => name !== number && told(name) > 0)
    .sort((one, other) => told(other) - told(one) || kind(one) - kind(other))[0];
};

/** The colours and the font of the site, as they are now. */
const readStyle = () => {
  const root = getComputedStyle(document.documentElement);
  const [ink, muted, line, accent] = ["--ink", "--muted", "--line", "--accent"].map((name) =>
    root.getPropertyValue(name).trim());
  return { ink, muted, line, accent, font: getComputedStyle(document.body).fontFamily };
};

/** Whether the rows are points in time, which a line joins; all else is compared in bars. */
const isOverTime = (rows, label) =>
  rows.length > 1 && rows.every((row) => TIMES.test(row[label]?.datatype ?? ""));

/** What ECharts needs to draw `rows`: the numbers of the column `number` by those of `label`. */
const optionsOf = (rows, label, number) => {
  const overTime = isOverTime(rows, label);
  const isNarrow = innerWidth < 700;
  const { ink, muted, line, accent, font } = readStyle();
  const text = { color: muted, fontFamily: font, fontSize: 13 };
  const labels = { ...text, color: ink, hideOverlap: overTime, interval: overTime ? "auto" : 0 };
  if (!overTime) Object.assign(labels, { width: isNarrow ? 110 : 220, overflow: "truncate" });
  const nameAxis = {
    type: "category",
    data: rows.map((row) => textOf(row[label])),
    inverse: !overTime,
    axisLabel: labels,
    axisLine: { lineStyle: { color: line } },
    axisTick: { show: false },
  };
  const numberAxis = {
    type: "value",
    name: number,
    nameLocation: overTime ? "end" : "middle",
    nameGap: overTime ? 15 : 30,
    nameTextStyle: text,
    splitNumber: isNarrow ? 2 : 5,
    axisLabel: text,
    splitLine: { lineStyle: { color: line } },
  };
  const series = {
    name: number,
    type: overTime ? "line" : "bar",
    data: rows.map((row) => (row[number] ? Number(row[number].value) : null)),
    barMaxWidth: 20,
    itemStyle: { borderRadius: 3 },
    symbolSize: 8,
    label: {
      show: !overTime,
      position: "right",
      color: ink,
      fontFamily: font,
      formatter: ({ dataIndex }) => rows[dataIndex][number]?.value ?? "", // exact, as received
    },
  };
  return {
    animation: false,
    color: [accent],
    textStyle: { fontFamily: font },
    grid: { left: 8, right: overTime ? 24 : 72, top: 36, bottom: 8, containLabel: true },
    tooltip: { trigger: "axis", confine: true, axisPointer: { type: "shadow" } },
    xAxis: overTime ? nameAxis : { ...numberAxis, position: "top" },
    yAxis: overTime ? numberAxis : nameAxis,
    series: [series],
  };
};

/** Why nothing can be drawn, or nothing. */
const obstacle = (names, rows, numbers) => {
  if (!rows.length) return words.empty;
  if (!numbers.length) return words.no_number;
  return names.length < 2 ? words.no_label : undefined;
};

const chooser = (numbers, chosen, choose) => {
  const options = numbers.map((name) => element("option", name === chosen ? { selected: "" } : {}, name));
  const select = element("select", {}, ...options);
  select.addEventListener("change", () => choose(select.value));
  return element("label", { class: "chart-value" }, `${words.value} `, select);
};

/** A plugin of YASR that draws the answer that `yasr` holds. */
export class Chart {
  priority = 5;
  label = words.chart;

  constructor(yasr) {
    this.yasr = yasr;
  }

  canHandleResults() {
    return Boolean(this.yasr.results?.getBindings());
  }

  async draw() {
    const { results, resultsEl } = this.yasr;
    const [names, rows] = [results.getVariables(), results.getBindings()];
    const view = element("div", { class: "answer-chart" });
    resultsEl.append(view);
    const numbers = numberColumns(names, rows);
    const reason = obstacle(names, rows, numbers);
    if (reason) {
      view.append(element("p", { class: "note" }, reason));
      return;
    }
    try {
      await Promise.all([loadLibrary(), learnNames(rows.slice(0, MOST_MARKS))]);
      this.show(view, names, rows, numbers, numbers.at(-1));
    } catch (error) {
      view.append(element("p", { class: "note" }, error.message));
    }
  }

  /** Draw the column `number` into `view`, with a choice of the others in `numbers`. */
  show(view, names, rows, numbers, number) {
    this.destroy();
    const shown = rows.slice(0, MOST_MARKS);
    const label = labelColumn(names, shown, number);
    const sheet = element("div", { role: "img", "aria-label": `${words.chart}: ${label} – ${number}` });
    sheet.style.height = `${Math.max(240, shown.length * ROW_PX + 60)}px`;
    const choose = (other) => this.show(view, names, rows, numbers, other);
    view.replaceChildren(...(numbers.length > 1 ? [chooser(numbers, number, choose)] : []), sheet);
    if (shown.length < rows.length) {
      view.append(element("p", { class: "note" }, say("shown", { shown: shown.length, total: rows.length })));
    }
    this.drawn = window.echarts.init(sheet, null, { renderer: "svg" });
    this.drawn.setOption(optionsOf(shown, label, number));
    this.watch = new ResizeObserver(() => this.drawn.resize());
    this.watch.observe(sheet);
  }

  destroy() {
    this.watch?.disconnect();
    this.drawn?.dispose();
    this.watch = this.drawn = undefined;
  }
}
