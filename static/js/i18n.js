/* Texts, numbers, dates and figures in the page's language. English is the key; the page carries the catalogue. */

import { jsonBlock } from "./dom.js";

const NBSP = "\u00a0";
const catalogue = jsonBlock("messages") ?? { lang: "en", plural: {}, format: {}, messages: {} };
export const lang = catalogue.lang;
let units = {};
const { decimal = ".", group = ",", percent = "#,##0%" } = catalogue.format;

/** The text in the reader's language, with `%(name)s` replaced from `values`. */
export function t(text, values = {}) {
  const found = catalogue.messages[text];
  return fill(typeof found === "string" ? found : text, values);
}

/** The plural form for `num`; `%(num)s` is the number, written in the reader's way. */
export function n(one, many, num, values = {}) {
  const forms = catalogue.messages[one];
  const list = Array.isArray(forms) ? forms : [one, many];
  const index = catalogue.plural[category(num)] ?? (num === 1 ? 0 : 1);
  return fill(list[Math.min(index, list.length - 1)], { num: number(num), ...values });
}

/** The reader's name of something named in kk, ru and en; falls back to a language that has one. */
export function name(names) {
  return names?.[lang] || names?.kk || names?.ru || names?.en || "";
}

/** Plural forms of units: {unit: {lang: {category: word}}}, as atlas.json carries them. */
export function useUnits(data) {
  units = data ?? {};
}

/** A number with at most `digits` decimals: 2397.5 → «2 397,5». */
export function number(value, digits = 2) {
  const [whole, part] = Math.abs(Number(value.toFixed(digits))).toString().split(".");
  const grouped = whole.length > 3 ? whole.replace(/\B(?=(\d{3})+$)/g, group) : whole;
  const sign = value < 0 && Number(value.toFixed(digits)) !== 0 ? "\u2212" : "";
  return sign + grouped + (part ? decimal + part : "");
}

/** A number short enough for a map label: 39.5e9 → «39,5 млрд». */
export function short(value) {
  const size = Math.abs(value);
  if (size >= 1e12) return t("%(num)s tn", { num: number(value / 1e12, 1) });
  if (size >= 1e9) return t("%(num)s bn", { num: number(value / 1e9, 1) });
  if (size >= 1e6) return t("%(num)s m", { num: number(value / 1e6, 1) });
  return number(value, size < 100 ? 1 : 0);
}

/** A value with its unit as the indicator counts it; `brief` leaves out all units but the percent sign. */
export function amount(value, indicator, { brief = false, currency = null } = {}) {
  if (indicator.unit === "percent") return percent.replace(/[#0,.]+/, number(value, 2));
  const text = brief || indicator.kind === "money" ? short(value) : number(value, 2);
  if (brief) return text;
  return `${text}${NBSP}${currency && currency !== indicator.unit ? currency : unitWord(value, indicator)}`;
}

/** What an indicator is called where its numbers stand alone; a count's name says already what is counted. */
export function heading(indicator) {
  return [name(indicator.label), indicator.counts ? "" : name(indicator.unit_label)].filter(Boolean).join(", ");
}

/** The unit after a number: «1 ауыл», «2 села», «5 сёл». */
function unitWord(value, indicator) {
  const forms = units[indicator.unit]?.[lang];
  const big = indicator.kind === "money" && value >= 1e6;
  return forms ? forms[big ? "many" : category(value)] ?? forms.many ?? forms.other : name(indicator.unit_label);
}

const MARKS = { about: "≈", more_than: ">", less_than: "<", up_to: "≤" };

/** A figure as it was said: ≈, > and ranges kept. `figure` is an observation of atlas.json. */
export function figure(figure, indicator, options = {}) {
  const mark = MARKS[figure.q] ? `${MARKS[figure.q]}${NBSP}` : "";
  const isRange = figure.hi !== undefined && figure.hi !== null && figure.hi !== figure.v;
  if (!isRange) return mark + amount(figure.v, indicator, { ...options, currency: figure.cur });
  const low = indicator.kind === "money" ? short(figure.v) : number(figure.v);
  return `${mark}${low}–${amount(figure.hi, indicator, { ...options, currency: figure.cur })}`;
}

/** An ISO date, month or year in words, as precise as it is given. */
export function date(iso, width = "long") {
  if (!iso) return "";
  const [year, month, day] = iso.slice(0, 10).split("-").map(Number);
  if (!month) return String(year);
  if (!day) return pattern(lang === "kk" ? "y 'ж'. LLLL" : "LLLL y", { year, month, day: 1 });
  return pattern(catalogue.format.date?.[width] ?? "y-MM-dd", { year, month, day });
}

/** The years or days of a period: «2025», «2025–2027», «2025 жылғы 1 шілде». */
export function period(from, to) {
  if (!from && !to) return "";
  const [start, end] = [from ?? to, to ?? from];
  const years = start.slice(0, 4) === end.slice(0, 4) ? start.slice(0, 4) : `${start.slice(0, 4)}–${end.slice(0, 4)}`;
  if (start === end && start.length === 10) return date(start);
  return years;
}

let collator = null;

/** The reader's alphabetical order. */
export function compareNames(one, other) {
  collator ??= new Intl.Collator(lang); // milliseconds of work, which the map does not need
  return collator.compare(one, other);
}

function category(num) {
  if (lang === "ru") {
    if (!Number.isInteger(num)) return "other";
    const [ten, hundred] = [Math.abs(num) % 10, Math.abs(num) % 100];
    if (ten === 1 && hundred !== 11) return "one";
    return ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14) ? "few" : "many";
  }
  return num === 1 ? "one" : "other";
}

function fill(text, values) {
  return text.replace(/%\((\w+)\)s/g, (whole, key) => (key in values ? String(values[key]) : whole)).replaceAll("%%", "%");
}

function pattern(text, { year, month, day }) {
  const { months = [], months_alone: alone = months, months_short: brief = months } = catalogue.format;
  const two = (value) => String(value).padStart(2, "0");
  const parts = {
    y: year, yyyy: year, yy: two(year % 100), d: day, dd: two(day), M: month, MM: two(month),
    MMM: brief[month - 1], MMMM: months[month - 1], LLL: brief[month - 1], LLLL: alone[month - 1],
  };
  return text.replace(/'([^']*)'|y+|M+|L+|d+/g, (token, quoted) => (quoted !== undefined ? quoted : parts[token] ?? token));
}
