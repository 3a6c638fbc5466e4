/* The view and its link, with the same words and the same bytes as webapp/links.py and webapp/link_text.py.
 *
 * `grammar` is what links.grammar() gives (defaults, migrations, palettes), `atlas` the edition's atlas.json.
 * A state is the plain object of ViewState.to_dict(). Pure functions: nothing here touches the page. */

import { escapeValue, lower, parts, showable, splitQuery } from "./link-text.js";

export const LAYERS = ["gas", "water", "internet", "industry"];
export const SHOWS = ["actual", "plan", "both"];
export const MODES = ["map", "table"];
export const LANGUAGES = ["kk", "ru", "en"];
export const SCHEMES = ["equal", "quantile", "jenks"];
const COUNTRY = "KZ";
const SWIPE = [5, 95]; // percent of the map's width
const MAX_NOTICES = 12;
const ZOOM = [2, 18];
const LAT = [-85, 85];
const LON = [-180, 180];
const STYLE_KEYS = { "": "indicator", ".k": "classes", ".c": "palette", ".o": "opacity", ".f": "filter" };
const VIEW_KEYS = ["year", "show", "place", "obs", "compare", "swipe", "mode", "sort", "view", "districts", "edition", "embed", "lang"];
const KEYS = new Set([
  "v",
  "layers",
  ...Object.keys(STYLE_KEYS).flatMap((suffix) => LAYERS.map((layer) => layer + suffix)),
  ...VIEW_KEYS,
]);

/** The view that `query` asks for, and notices of what was not understood: {state, notices}. Never throws. */
export function parseView(query, atlas, grammar) {
  const notices = [];
  const values = collect(splitQuery(query), grammar, notices);
  const state = new Reader(values, atlas, grammar, notices).state();
  return { state, notices: notices.slice(0, MAX_NOTICES) };
}

/** The query string of `state` without "?": only what differs from `defaults`. For a link that is shared give
 * `{share: true, version: grammar.defaults.current}`: v, year and lang are then always written. */
export function printView(state, defaults, { share = false, version = 1 } = {}) {
  const pairs = [];
  if (share) pairs.push(["v", String(version)]);
  if (!same(state.layers, defaults.layers)) pairs.push(["layers", state.layers.join("~") || "none"]);
  for (const [suffix, name] of Object.entries(STYLE_KEYS)) {
    for (const layer of LAYERS) {
      const mine = state.styles[layer][name];
      if (!same(mine, defaults.styles[layer][name])) {
        pairs.push([layer + suffix, Array.isArray(mine) ? mine.join("~") : String(mine)]);
      }
    }
  }
  for (const name of VIEW_KEYS) {
    const mine = state[name];
    if (same(mine, defaults[name]) && !(share && (name === "year" || name === "lang"))) continue;
    if (name === "view") pairs.push([name, printViewport(mine)]);
    else pairs.push([name, mine === true ? "1" : String(mine)]);
  }
  return pairs.map(([key, value]) => `${escapeValue(key)}=${escapeValue(value)}`).join("&");
}

/** The view of an empty link: version `version` of the defaults on this atlas. */
export function defaultView(atlas, grammar, version = null) {
  const chosen = grammar.defaults.versions[String(version ?? grammar.defaults.current)];
  const styles = {};
  for (const layer of LAYERS) {
    styles[layer] = {
      indicator: headline(atlas, layer, chosen.indicators[layer]),
      classes: chosen.classes,
      palette: chosen.palettes[layer],
      opacity: chosen.opacity,
      filter: [],
    };
  }
  return {
    layers: [...chosen.layers],
    styles,
    year: atlas.year,
    show: chosen.show,
    place: null,
    obs: null,
    compare: null,
    swipe: null,
    mode: chosen.mode,
    sort: null,
    view: null,
    districts: false,
    edition: null,
    embed: false,
    lang: chosen.lang,
  };
}

/** The nearest viewport that a link can carry: zoom to 0.1, degrees to 0.01, inside the allowed ranges. */
export function viewport(zoom, lat, lon) {
  return {
    zoom: round(clamp(zoom, ZOOM), 10) / 10,
    lat: round(clamp(lat, LAT), 100) / 100,
    lon: round(clamp(lon, LON), 100) / 100,
  };
}

/** Whether two viewports look the same: Leaflet puts a centre on whole pixels, which moves it by up to one. */
export function sameViewport(one, other) {
  if (!one || !other || one.zoom !== other.zoom) return one === other;
  const pixel = 360 / (256 * 2 ** one.zoom);
  const near = (a, b) => Math.abs(a - b) <= pixel + 0.005;
  return near(one.lat, other.lat) && near(one.lon, other.lon);
}

function collect(pairs, grammar, notices) {
  const { keys, tracking, elsewhere } = grammar.migrations;
  const values = new Map();
  for (const [rawKey, value] of pairs) {
    if (isTracking(rawKey, tracking) || elsewhere.includes(rawKey)) continue;
    const key = Object.hasOwn(keys, rawKey) ? keys[rawKey] : rawKey;
    if (!KEYS.has(key)) {
      notices.push(notice("unknown_key", showable(rawKey), showable(value)));
      continue;
    }
    if (values.has(key) && values.get(key) !== value) {
      notices.push(notice("repeated", key, showable(values.get(key)), showable(value)));
    }
    values.set(key, value);
  }
  return values;
}

class Reader {
  constructor(values, atlas, grammar, notices) {
    this.values = values;
    this.atlas = atlas;
    this.grammar = grammar;
    this.notices = notices;
  }

  state() {
    const version = this.oneOf("v", Object.keys(this.grammar.defaults.versions));
    this.defaults = defaultView(this.atlas, this.grammar, version);
    const layers = this.layers();
    const styles = {};
    for (const layer of LAYERS) styles[layer] = this.style(layer);
    const year = this.year("year", this.text("year")) ?? this.defaults.year;
    return {
      layers,
      styles,
      year,
      show: this.oneOf("show", SHOWS) ?? this.defaults.show,
      place: this.oneOf("place", this.places()),
      obs: this.observation(),
      compare: this.compare(),
      swipe: this.between("swipe", ...SWIPE, null),
      mode: this.oneOf("mode", MODES) ?? this.defaults.mode,
      sort: this.oneOf("sort", sorts()),
      view: this.view(),
      districts: this.oneOf("districts", ["1"]) !== null,
      edition: whole(this.oneOf("edition", [String(this.atlas.edition)]) ?? ""),
      embed: this.oneOf("embed", ["1"]) !== null,
      lang: this.oneOf("lang", LANGUAGES) ?? this.defaults.lang,
    };
  }

  text(key) {
    return this.values.get(key) ?? "";
  }

  layers() {
    const text = this.text("layers");
    if (lower(text) === "none") return [];
    const names = [];
    for (const part of parts(text)) {
      const name = this.known("layers", part, LAYERS);
      if (name && !names.includes(name)) names.push(name);
    }
    return names.length ? names : [...this.defaults.layers];
  }

  style(layer) {
    const usual = this.defaults.styles[layer];
    const prefix = `${layer}.`;
    let text = this.text(layer);
    if (lower(text).startsWith(prefix)) text = text.slice(prefix.length);
    const codes = Object.keys(this.atlas.indicators ?? {})
      .filter((code) => code.startsWith(prefix))
      .map((code) => code.slice(prefix.length));
    const schemes = SCHEMES.flatMap((scheme) => [3, 4, 5, 6, 7].map((count) => `${scheme}-${count}`));
    const classes = this.oneOf(`${layer}.k`, schemes) ?? usual.classes;
    return {
      indicator: (text ? this.known(layer, text, [...codes, usual.indicator]) : null) ?? usual.indicator,
      classes,
      palette: this.oneOf(`${layer}.c`, this.grammar.palettes) ?? usual.palette,
      opacity: this.between(`${layer}.o`, 10, 100, usual.opacity),
      filter: this.filter(`${layer}.f`, Number(classes.at(-1))),
    };
  }

  filter(key, count) {
    const allowed = Array.from({ length: count }, (_, index) => String(index + 1));
    const kept = parts(this.text(key)).map((part) => this.known(key, part, allowed));
    return [...new Set(kept.filter((name) => name !== null).map(Number))].sort((a, b) => a - b);
  }

  year(key, text) {
    if (!text) return null;
    let year = whole(text);
    if (year === null) {
      this.refuse("unknown_value", key);
      return null;
    }
    const years = this.atlas.years.length ? this.atlas.years : [this.atlas.year];
    const bounds = [Math.min(...years), Math.max(...years)];
    if (clamp(year, bounds) !== year) {
      year = clamp(year, bounds);
      this.refuse("out_of_range", key, String(year));
    }
    return year;
  }

  compare() {
    const text = lower(this.text("compare"));
    if (!text.startsWith("year:")) return this.oneOf("compare", LAYERS);
    const year = this.year("compare", text.slice(5) || "?");
    return year === null ? null : `year:${year}`;
  }

  view() {
    const text = this.text("view");
    if (!text) return null;
    const numbers = text.split("/");
    if (numbers.length !== 3 || !numbers.every((part) => /^-?[0-9]{1,4}(?:\.[0-9]{1,15})?$/.test(part))) {
      this.refuse("unknown_value", "view");
      return null;
    }
    const asked = numbers.map(Number);
    const view = viewport(...asked);
    if (asked.some((number, index) => clamp(number, [ZOOM, LAT, LON][index]) !== number)) {
      this.refuse("out_of_range", "view", printViewport(view));
    }
    return view;
  }

  observation() {
    const text = this.text("obs");
    if (text && !Object.hasOwn(this.atlas.observations ?? {}, text)) {
      this.refuse("unknown_value", "obs");
      return null;
    }
    return text || null;
  }

  between(key, low, high, usual) {
    const text = this.text(key);
    let number = whole(text);
    if (number === null) {
      if (text) this.refuse("unknown_value", key);
      return usual;
    }
    if (clamp(number, [low, high]) !== number) {
      number = clamp(number, [low, high]);
      this.refuse("out_of_range", key, String(number));
    }
    return number;
  }

  places() {
    return [COUNTRY, ...this.atlas.regions.map((region) => region.id), ...Object.keys(this.atlas.places ?? {})];
  }

  oneOf(key, allowed) {
    const text = this.text(key);
    return text ? this.known(key, text, allowed) : null;
  }

  known(key, text, allowed) {
    if (allowed.includes(text)) return text;
    const wanted = lower(text);
    const table = this.grammar.migrations.values;
    for (const [old, now] of Object.entries(Object.hasOwn(table, key) ? table[key] : {})) {
      if (lower(old) === wanted && allowed.includes(now)) {
        this.notices.push(notice("renamed", key, showable(text), now));
        return now;
      }
    }
    const match = [...allowed].sort().find((name) => lower(name) === wanted);
    if (match !== undefined) return match;
    this.notices.push(notice("unknown_value", key, showable(text)));
    return null;
  }

  refuse(code, key, used = "") {
    this.notices.push(notice(code, key, showable(this.text(key)), used));
  }
}

function notice(code, key, value, used = "") {
  return { code, key, value, used };
}

function isTracking(key, patterns) {
  return patterns.some((name) => (name.endsWith("*") ? key.startsWith(name.slice(0, -1)) : key === name));
}

function headline(atlas, layer, wanted) {
  if (Object.hasOwn(atlas.indicators ?? {}, `${layer}.${wanted}`)) return wanted;
  const entry = (atlas.layers ?? []).find(({ id, headline: code = "" }) => id === layer && code.startsWith(`${layer}.`));
  return entry ? entry.headline.slice(layer.length + 1) : wanted;
}

function sorts() {
  const names = ["name", ...LAYERS];
  return [...names, ...names.map((name) => `-${name}`)];
}

/* numbers ---------------------------------------------------------------------------------------------------- */

function whole(text) {
  return /^[0-9]{1,9}$/.test(text) ? Number(text) : null;
}

function clamp(number, [low, high]) {
  return Math.min(Math.max(number, low), high);
}

function round(number, scale) {
  return Math.floor(number * scale + 0.5);
}

function printViewport({ zoom, lat, lon }) {
  return `${decimal(zoom, 1)}/${decimal(lat, 2)}/${decimal(lon, 2)}`;
}

function decimal(number, places) {
  const count = round(number, 10 ** places);
  const digits = String(Math.abs(count)).padStart(places + 1, "0");
  return `${count < 0 ? "-" : ""}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

function same(one, other) {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
