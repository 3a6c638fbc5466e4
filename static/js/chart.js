/* A small history: what was reached by year as a line with dots, plans as hollow diamonds, axes with their unit. */

import { hue } from "./colour.js";
import { svg } from "./dom.js";
import { amount, figure, name, t } from "./i18n.js";

const SIZE = { width: 344, height: 148, left: 46, right: 12, top: 22, bottom: 24 };

/** The chart of an indicator in a place; null where there are not two years to compare. */
export function historyChart(atlas, code, place, year) {
  const series = atlas.data.series[code]?.[place];
  const points = [...pointsOf(atlas, series?.actual, false), ...pointsOf(atlas, series?.plan, true)];
  if (new Set(points.map(({ at }) => at)).size < 2) return null;
  const indicator = atlas.indicator(code);
  const axis = axes(points, indicator);
  const actual = points.filter(({ plan }) => !plan);
  const plans = points.filter(({ plan }) => plan);
  const colour = hue(indicator.layer);
  const path = actual.map(({ at, value }, index) => `${index ? "L" : "M"}${axis.x(at)} ${axis.y(value)}`).join("");
  return svg("svg", { class: "history", viewBox: `0 0 ${SIZE.width} ${SIZE.height}`, role: "img", "aria-label": spoken(points, indicator) },
    axis.marks,
    year >= axis.years[0] && year <= axis.years[1] && svg("path", { class: "history-now", d: `M${axis.x(year)} ${SIZE.top}V${SIZE.height - SIZE.bottom}` }),
    countryMark(atlas, code, place, year, axis, indicator),
    plans.map((plan) => link(axis, last(actual, plan.at), plan)),
    svg("path", { d: path, fill: "none", stroke: colour, "stroke-width": 2.5, "stroke-linejoin": "round" }),
    actual.map(({ at, value }) => svg("circle", { cx: axis.x(at), cy: axis.y(value), r: 4, fill: colour, class: "history-dot" })),
    plans.map(({ at, value }) => svg("path", { d: diamond(axis.x(at), axis.y(value)), stroke: colour, class: "history-plan" })),
    ends(axis, actual, plans, indicator));
}

function pointsOf(atlas, steps = [], plan = false) {
  return (steps ?? [])
    .map(([, , id, at]) => ({ at, value: atlas.observations[id].v, figure: atlas.observations[id], plan }))
    .filter(({ at }) => at)
    .sort((a, b) => a.at - b.at);
}

function axes(points, indicator) {
  const all = points.map(({ at }) => at);
  const years = [Math.min(...all), Math.max(...all)];
  if (years[0] === years[1]) years[1] += 1;
  const top = indicator.unit === "percent" ? 100 : neat(Math.max(...points.map(({ value }) => value)));
  const x = (at) => SIZE.left + ((at - years[0]) / (years[1] - years[0])) * (SIZE.width - SIZE.left - SIZE.right - 8) + 4;
  const y = (value) => SIZE.height - SIZE.bottom - (value / top) * (SIZE.height - SIZE.top - SIZE.bottom);
  const marks = [0, top / 2, top].flatMap((value) => [
    svg("path", { class: "axis-line", d: `M${SIZE.left} ${y(value)}H${SIZE.width - SIZE.right}` }),
    svg("text", { class: "axis-text", x: SIZE.left - 6, y: y(value) + 4, "text-anchor": "end", text: amount(value, indicator, { brief: true }) }),
  ]);
  const step = Math.max(1, Math.ceil((years[1] - years[0]) / 6));
  for (let at = years[0]; at <= years[1]; at += step) {
    marks.push(svg("text", { class: "axis-text", x: x(at), y: SIZE.height - 6, "text-anchor": "middle", text: at }));
  }
  const unit = indicator.unit === "percent" ? "" : name(indicator.unit_label);
  if (unit) marks.push(svg("text", { class: "axis-text", x: 4, y: 12, text: unit }));
  return { x, y, marks, years };
}

function link(axis, from, plan) {
  return from && svg("path", { class: "history-link", d: `M${axis.x(from.at)} ${axis.y(from.value)}L${axis.x(plan.at)} ${axis.y(plan.value)}` });
}

/** The last actual and the last planned value, written beside their marks. */
function ends(axis, actual, plans, indicator) {
  const [now, goal] = [actual.at(-1), plans.at(-1)];
  const close = now && goal && Math.abs(axis.x(now.at) - axis.x(goal.at)) < 44 && Math.abs(axis.y(now.value) - axis.y(goal.value)) < 24;
  const text = ({ at, value, figure: said, plan }, below) => svg("text", {
    class: plan ? "history-value plan" : "history-value",
    x: Math.min(Math.max(axis.x(at), SIZE.left + 20), SIZE.width - SIZE.right - 18),
    y: below ? axis.y(value) + 18 : axis.y(value) - 9,
    "text-anchor": "middle",
    text: figure(said, indicator, { brief: true }),
  });
  return [now && text(now, close && goal.value >= now.value), goal && text(goal, close && goal.value < now.value)];
}

/** A region's share against the country's of that year: a dashed line across. Counts of a country dwarf a region's. */
function countryMark(atlas, code, place, year, axis, indicator) {
  const held = atlas.region[place] && indicator.unit === "percent" ? atlas.step(code, "KZ", year, "actual") : null;
  if (!held) return null;
  const title = t("Country: %(value)s (%(year)s)", { value: figure(held.figure, indicator), year: held.year });
  return svg("path", { class: "history-country", d: `M${SIZE.left} ${axis.y(held.figure.v)}H${SIZE.width - SIZE.right}` }, svg("title", { text: title }));
}

const last = (points, before) => points.filter(({ at }) => at <= before).at(-1);
const diamond = (x, y) => `M${x} ${y - 5.5}L${x + 5.5} ${y}L${x} ${y + 5.5}L${x - 5.5} ${y}Z`;

/** The next round number above `value`: 1, 2 or 5 times a power of ten. */
export function neat(value) {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * power).find((bound) => bound >= value);
}

function spoken(points, indicator) {
  const said = points.map(({ at, figure: value, plan }) => (plan ? t("%(year)s: plan %(value)s", { year: at, value: figure(value, indicator) }) : `${at}: ${figure(value, indicator)}`));
  return `${name(indicator.label)}. ${said.join("; ")}`;
}
