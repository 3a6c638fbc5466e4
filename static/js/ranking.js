/* The regions in the order of the figure shown, as bars: reached filled, planned outlined, the country as a line. */

import { hue } from "./colour.js";
import { el, put, svg } from "./dom.js";
import { compareNames, figure, n, name, t } from "./i18n.js";

/** Keeps `holder` in step with the view; `open(place)` opens a region. Gives draw(state). */
export function makeRanking(holder, atlas, open) {
  const wide = matchMedia("(min-width: 73.76em)").matches;
  const title = el("summary", { class: "ranking-title" });
  const body = el("div", { class: "ranking-body" });
  put(holder, el("details", { class: "ranking-fold", open: wide }, title, body));
  return (state) => {
    const [layer] = state.layers;
    holder.hidden = !layer;
    if (!layer) return;
    const focused = document.activeElement?.dataset?.ranked;
    const indicator = atlas.indicator(atlas.code(state, layer));
    const { ranked, silent } = rank(atlas, state, layer);
    const country = atlas.cell(state, layer, "KZ");
    const top = indicator.unit === "percent" ? 100 : Math.max(...ranked.map(({ cell }) => largest(cell)), 0) || 1;
    title.textContent = t("Ranking: %(label)s, %(year)s", { label: name(indicator.label), year: state.year });
    put(body,
      country.shown && el("p", { class: "hint", text: countryLine(country, indicator) }),
      el("ol", { class: "ranked" }, ranked.map((row) => item(row, { atlas, indicator, layer, top, open, selected: state.place, country }))),
      silent > 0 && el("p", { class: "hint", text: n("%(num)s region has no figure of this measure", "%(num)s regions have no figure of this measure", silent) }));
    if (focused) body.querySelector(`[data-ranked="${CSS.escape(focused)}"]`)?.focus();
  };
}

/** What the country has of a measure in a view: «Country: 62.4 % (2025)»; with its plan where that is all there is. */
export function countryLine({ actual, plan }, indicator) {
  const step = actual ?? plan;
  const value = figure(step.figure, indicator);
  if (!step.year) return t("Country: plan %(value)s", { value });
  return actual ? t("Country: %(value)s (%(year)s)", { value, year: step.year }) : t("Country: plan %(value)s (%(year)s)", { value, year: step.year });
}

/** Regions with a figure of their own, the largest first; those that only plan follow. `silent` counts the others. */
export function rank(atlas, state, layer) {
  const rows = atlas.regions.map(({ id, name: names }) => ({ id, label: name(names), cell: atlas.cell(state, layer, id) }));
  const ranked = rows.filter(({ cell }) => cell.shown);
  ranked.sort((a, b) => Boolean(b.cell.actual) - Boolean(a.cell.actual) || b.cell.shown.figure.v - a.cell.shown.figure.v || compareNames(a.label, b.label));
  return { ranked, silent: rows.length - ranked.length };
}

const largest = ({ actual, plan }) => Math.max(actual?.figure.v ?? 0, plan?.figure.v ?? 0);

function item({ id, label, cell }, { indicator, layer, top, open, selected, country }) {
  const { actual, plan } = cell;
  const words = [
    actual && el("span", { class: "ranked-value", text: t("%(value)s (%(year)s)", { value: figure(actual.figure, indicator), year: actual.year }) }),
    plan && el("span", { class: "ranked-plan", text: planned(plan, indicator) }),
  ].filter(Boolean);
  const button = el("button", { type: "button", class: "ranked-row", "aria-current": selected === id ? "true" : null, dataset: { ranked: id }, onclick: () => open(id) },
    el("span", { class: "ranked-name", text: label }), el("span", { class: "ranked-words" }, words[0], words[1] ? [" ", words[1]] : null),
    bars(cell, hue(layer), top, indicator.unit === "percent" ? country.shown?.figure.v : null));
  return el("li", {}, button);
}

function planned({ figure: said, year }, indicator) {
  const value = figure(said, indicator);
  return year ? t("plan %(value)s (%(year)s)", { value, year }) : t("plan %(value)s", { value });
}

function bars({ actual, plan }, colour, top, country) {
  const width = ({ figure: said }) => `${(Math.min(said.v, top) / top) * 100}%`;
  return svg("svg", { class: "ranked-bars", width: "100%", height: 12, "aria-hidden": "true" },
    svg("path", { class: "axis-line", d: "M0 11.5H4000" }),
    actual && svg("rect", { y: 2, height: 8, width: width(actual), fill: colour }),
    plan && svg("rect", { class: "ranked-goal", x: 0, y: 1, height: 10, width: width(plan), stroke: colour }),
    country !== null && country !== undefined && svg("line", { class: "ranked-country", x1: `${country}%`, x2: `${country}%`, y1: 0, y2: 12 }));
}
