/* What the map shows now, in words: a title, one sentence, and how far the figures reach. */

import { byId } from "./dom.js";
import { amount, figure, n, name, t } from "./i18n.js";

/** «People with gas – Turkistan Region, 2025»; of several layers only their names. */
export function title(atlas, state) {
  const place = name(atlas.nameOf(state.place)) || t("Kazakhstan");
  const { layers } = state;
  const labels = layers.length > 1 ? layers.map((layer) => atlas.layer(layer)?.label) : layers.map((layer) => atlas.indicator(atlas.code(state, layer)).label);
  const what = labels.map(name).join(" + ");
  if (!what) return `${place}, ${state.year}`;
  return t("%(what)s – %(place)s, %(year)s", { what, place, year: state.year }).replace(" – ", "\u00a0– "); // no line begins with the dash
}

/** One sentence: what is the colour, what are the symbols, until when, and how plans are drawn. */
export function sentence(atlas, state) {
  if (!state.layers.length) return t("No layer is switched on.");
  const parts = state.layers.map((layer, at) => {
    const indicator = atlas.indicator(atlas.code(state, layer));
    const long = lowerFirst(name(indicator.long ?? indicator.label));
    return at ? t("%(long)s (as symbols)", { long }) : t("%(long)s (as colour)", { long });
  });
  const known = t("The map shows what is known up to the end of %(year)s: %(what)s.", { year: state.year, what: parts.join("; ") });
  const shows = { actual: t("Only actual figures."), plan: t("Only planned figures."), both: t("Plans are drawn as outlines.") };
  return `${known} ${shows[state.show]}`;
}

/** How many regions have the first layer's figure, and the country's own. */
export function reach(atlas, state) {
  const first = state.layers[0];
  if (!first) return "";
  const cells = atlas.regions.map((region) => atlas.cell(state, first, region.id));
  const known = cells.filter(({ shown }) => shown);
  const indicator = atlas.indicator(atlas.code(state, first));
  const parts = [n("%(num)s region of %(all)s has this figure", "%(num)s regions of %(all)s have this figure", known.length, { all: cells.length })];
  const country = atlas.cell(state, first, "KZ");
  if (country.shown) parts.push(t("Kazakhstan: %(value)s", { value: figure(country.shown.figure, indicator) }));
  if (known.length > 1) {
    const values = known.map(({ shown }) => shown.figure.v);
    parts.push(t("from %(low)s to %(high)s", { low: amount(Math.min(...values), indicator, { brief: true }), high: amount(Math.max(...values), indicator) }));
  }
  return parts.join(" · ");
}

/** Writes them. The server's own words for the view it drew stay as long as that view does: `drawn` says they stand. */
export function showHeadline(atlas, state, drawn = false) {
  byId("reach").textContent = reach(atlas, state);
  if (drawn) return;
  byId("headline").textContent = title(atlas, state);
  byId("sentence").textContent = sentence(atlas, state);
  document.title = `${title(atlas, state)} · Qamtu`;
}

/** Lower case for a first letter inside a sentence; abbreviations stay as they are. */
function lowerFirst(text) {
  const [first = "", second = ""] = text;
  return second === second.toUpperCase() && /\p{L}/u.test(second) ? text : first.toLowerCase() + text.slice(1);
}
