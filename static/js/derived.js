/* Figures computed from others: marked, told with their rule, each part a step away. Never painted on the map. */

import { el } from "./dom.js";
import { amount, date, n, name, number, t } from "./i18n.js";

const PEOPLE = { unit: "people", kind: "stock" };
const MARKS = { about: "≈", more_than: ">", less_than: "<", up_to: "≤" };

/** The derived figures of a place and layer that hold in `year`: the newest of each rule and measure. */
export function derivedOf(atlas, place, layer, year) {
  const found = new Map();
  for (const entry of atlas.data.derived ?? []) {
    const mine = entry.regions.length === 1 && entry.regions[0] === place && entry.of.startsWith(`${layer}.`);
    if (!mine || entry.year > year || (entry.rule === "weighted" && entry.year !== year)) continue;
    const key = `${entry.rule} ${entry.of}`;
    if (!found.has(key) || found.get(key).year < entry.year) found.set(key, entry);
  }
  return [...found.values()];
}

/** The country's share derived for this very year; null where none rests on enough people. */
export function nationalShare(atlas, code, year) {
  return (atlas.data.derived ?? []).find((entry) => entry.rule === "weighted" && entry.of === code && entry.year === year) ?? null;
}

/** The people whom the share `id` leaves without. */
export function peopleWithout(atlas, id) {
  return (atlas.data.derived ?? []).find(({ rule, parts }) => rule === "without" && parts[0] === id) ?? null;
}

/** «≈ 312 000 people», «≈ 78.1%». */
export function derivedText(entry) {
  const people = entry.unit === "people";
  const value = people ? Number(entry.value.toPrecision(entry.digits)) : Number(entry.value.toFixed(1));
  const mark = MARKS[entry.q] ? `${MARKS[entry.q]}\u00a0` : "";
  return mark + (people ? amount(value, PEOPLE) : amount(value, { unit: "percent", kind: "share" }));
}

/** The word that tells a computed figure from one that was read; its title says how it was computed. */
export function derivedMark(atlas, entry) {
  return el("span", { class: "derived-mark", title: howDerived(atlas, entry) }, t("derived"));
}

/** How it was computed, in one sentence. */
export function howDerived(atlas, entry) {
  const told = entry.parts.map((id) => partText(atlas, id));
  if (entry.rule === "quotient") return t("%(count)s of %(total)s, both from one document", { count: told[0], total: told[1] });
  const { counted, of, as_of: month } = entry.people;
  if (entry.rule === "without") return t("%(people)s people (%(month)s), %(share)s of them with it", { people: number(counted), month: date(month), share: told[0] });
  const share = amount(Math.round((100 * counted) / of), { unit: "percent", kind: "share" });
  return n("share of %(num)s region; %(share)s of the country's people live there (%(month)s)", "mean of %(num)s regions by people; %(share)s of the country's people live there (%(month)s)", entry.parts.length, { share, month: date(month) });
}

/** A group for the panel; `open(id, regions)` shows the sentence of a part. Null where nothing is derived. */
export function derivedGroup(atlas, place, layer, year, open) {
  const entries = derivedOf(atlas, place, layer, year);
  if (!entries.length) return null;
  return el("div", { class: "panel-group derived" }, el("h4", { text: t("Computed from these figures") }), entries.map((entry) => row(atlas, entry, open)));
}

function row(atlas, entry, open) {
  return el("div", { class: "derived-row" },
    el("p", {}, el("span", { class: "derived-label", text: labelOf(atlas, entry) }), " ", el("strong", { text: derivedText(entry) }), " ", el("span", { class: "when", text: entry.year }), " ", derivedMark(atlas, entry)),
    el("p", { class: "hint", text: howDerived(atlas, entry) }),
    el("ul", { class: "derived-parts", "aria-label": t("Computed from") }, entry.parts.map((id) => el("li", {}, part(atlas, id, entry, open)))));
}

function part(atlas, id, entry, open) {
  const { i, r = [] } = atlas.observations[id];
  const where = entry.rule === "weighted" ? r.map((code) => name(atlas.nameOf(code))).join(", ") : name(atlas.indicator(i).label);
  return el("button", { type: "button", class: "link", title: t("Show the sentence"), onclick: () => open(id, r) }, t("%(label)s: %(value)s", { label: where, value: partText(atlas, id) }));
}

function partText(atlas, id) {
  const observation = atlas.observations[id];
  const mark = MARKS[observation.q] ? `${MARKS[observation.q]}\u00a0` : "";
  return mark + amount(observation.v, atlas.indicator(observation.i));
}

function labelOf(atlas, entry) {
  if (entry.rule === "without") return t("People without: %(layer)s", { layer: name(atlas.layer(entry.of.split(".")[0]).label) });
  if (entry.i) return name(atlas.indicator(entry.i).label);
  return t("%(label)s, share of all settlements", { label: name(atlas.indicator(entry.of).label) });
}
