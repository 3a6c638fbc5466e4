/* The same view as a table: a row a region, a column a layer, sortable, filterable, each figure with its sentence. */

import { derivedMark, derivedText, nationalShare, peopleWithout } from "./derived.js";
import { announce, closeMore, el, put } from "./dom.js";
import { compareNames, figure, heading, n, name, t } from "./i18n.js";
import { togetherWords } from "./outlines.js";
import { makeRanking } from "./ranking.js";

export class Table {
  constructor(holder, atlas, store) {
    Object.assign(this, { holder, atlas, store, wanted: "", onlyKnown: false });
    store.subscribe((state, changed) => {
      if (changed.has("mode")) {
        holder.hidden = state.mode !== "table";
        closeMore();
      }
      if (state.mode === "table" && ["mode", "layers", "styles", "year", "show", "sort", "place"].some((key) => changed.has(key))) this.draw(state);
    });
  }

  draw(state) {
    const focused = document.activeElement?.dataset?.sort;
    if (!this.body) this.frame();
    put(this.head, el("tr", {}, this.sortHead("name", t("Region"), state), state.layers.map((layer) => this.sortHead(layer, this.headOf(state, layer), state))));
    this.rows(state);
    this.rank(state);
    if (focused) this.head.querySelector(`[data-sort="${focused}"]`)?.focus();
  }

  frame() {
    const filter = el("input", { id: "table-filter", type: "search", placeholder: t("Filter regions"), "aria-label": t("Filter regions"), oninput: (event) => { this.wanted = event.target.value.toLowerCase(); this.rows(this.store.state); } });
    const known = el("label", { class: "check" }, el("input", { type: "checkbox", onchange: (event) => { this.onlyKnown = event.target.checked; this.rows(this.store.state); } }), el("span", { text: t("Only regions with figures") }));
    this.count = el("p", { class: "hint", role: "status" });
    this.head = el("thead");
    this.body = el("tbody");
    this.caption = el("caption", { class: "visually-hidden" });
    const ranking = el("section", { class: "ranking", "aria-label": t("Ranking") });
    this.rank = makeRanking(ranking, this.atlas, (place) => this.store.set({ place, obs: null }, { push: !this.store.state.place }));
    put(this.holder, el("div", { class: "table-tools" }, filter, known, this.count), ranking, el("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": t("Table of regions") }, el("table", { class: "figures" }, this.caption, this.head, this.body)));
  }

  headOf(state, layer) {
    const indicator = this.atlas.indicator(this.atlas.code(state, layer));
    return el("span", { class: `hue-${layer}` }, el("span", { class: "hue-dot", "aria-hidden": "true" }), heading(indicator));
  }

  sortHead(key, label, state) {
    const down = state.sort === `-${key}`;
    const on = down || state.sort === key;
    const next = on ? (down ? key : `-${key}`) : key === "name" ? key : `-${key}`;
    return el("th", { scope: "col", "aria-sort": on ? (down ? "descending" : "ascending") : "none" },
      el("button", { type: "button", class: "sort", dataset: { sort: key }, onclick: () => this.store.set({ sort: next }) }, label, el("span", { class: "sort-mark", "aria-hidden": "true", text: on ? (down ? "↓" : "↑") : "" })));
  }

  rows(state) {
    const cells = (id) => Object.fromEntries(state.layers.map((layer) => [layer, this.atlas.cell(state, layer, id)]));
    const all = this.atlas.regions.map((region) => ({ id: region.id, label: name(region.name), cells: cells(region.id) }));
    const shown = all
      .filter(({ label, cells: of }) => label.toLowerCase().includes(this.wanted) && (!this.onlyKnown || Object.values(of).some((cell) => cell.shown)))
      .sort(order(state.sort));
    const country = { id: "KZ", label: t("Kazakhstan"), cells: cells("KZ") };
    put(this.body, [country, ...shown].map((row) => this.row(row, state)));
    this.caption.textContent = document.querySelector("#headline")?.textContent ?? "";
    this.count.textContent = n("%(num)s region", "%(num)s regions", shown.length);
    if (this.wanted) announce(this.count.textContent);
  }

  row({ id, label, cells }, state) {
    const open = (obs = null) => this.store.set({ place: id, obs }, { push: !state.place });
    return el("tr", { class: id === "KZ" ? "country" : state.place === id ? "selected" : "" },
      el("th", { scope: "row" }, el("button", { type: "button", class: "link", text: label, onclick: () => open() })),
      state.layers.map((layer) => el("td", { class: `cell-${cells[layer].kind}` }, this.cell(cells[layer], open), this.computed(id, cells[layer], state))));
  }

  cell(cell, open) {
    const indicator = this.atlas.indicator(cell.code);
    const button = (step, words) => el("button", { type: "button", class: "link value", onclick: () => open(step.id), title: t("Show the sentence") }, words);
    const parts = [];
    if (cell.actual) parts.push(button(cell.actual, figure(cell.actual.figure, indicator)), el("span", { class: "when", text: cell.actual.old ? t("%(year)s, old", { year: cell.actual.year }) : cell.actual.year }));
    if (cell.plan) parts.push(el("span", { class: "planned" }, button(cell.plan, t("plan %(value)s", { value: figure(cell.plan.figure, indicator) })), el("span", { class: "when", text: cell.plan.year ?? t("no date given") })));
    if (parts.length) return parts;
    if (cell.together) return [button(cell.together, figure(cell.together.figure, indicator)), el("span", { class: "hint", text: togetherWords(this.atlas, cell.together) })];
    if (cell.kind === "other") {
      const [other] = cell.others;
      const measure = this.atlas.indicator(other.code);
      return [button(other, figure(other.figure, measure)), el("span", { class: "hint", text: t("another measure: %(label)s", { label: name(measure.label) }) })];
    }
    return el("span", { class: "hint", text: t("no data") });
  }

  /** What is computed beside the figure of a cell: people without, and the country's share where none was read. */
  computed(id, cell, state) {
    const share = id === "KZ" && !cell.actual && state.show !== "plan" ? nationalShare(this.atlas, cell.code, state.year) : null;
    const without = cell.actual && peopleWithout(this.atlas, cell.actual.id);
    const entry = share ?? without;
    if (!entry) return null;
    const text = derivedText(entry);
    return el("span", { class: "computed" }, share ? text : t("without it: %(people)s", { people: text }), " ", derivedMark(this.atlas, entry));
  }
}

/** Rows in the order of `sort`: a layer's id or "name", with "-" for descending; regions without a figure come last. */
function order(sort) {
  const key = (sort ?? "name").replace("-", "");
  const sign = sort?.startsWith("-") ? -1 : 1;
  if (key === "name") return (a, b) => sign * compareNames(a.label, b.label);
  const value = ({ cells }) => cells[key]?.shown?.figure.v;
  return (a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x === undefined || y === undefined) return (x === undefined) - (y === undefined) || compareNames(a.label, b.label);
    return sign * (x - y) || compareNames(a.label, b.label);
  };
}
