/* The live map: takes over from the server's drawing with the view as it is by then, and with it comes what lies beside it. */

import { getJson } from "./api.js";
import { byId, debounce, isPhone, isWide, lessMotion, PANEL, rootSize } from "./dom.js";
import { t } from "./i18n.js";
import { forgetWidths } from "./labels.js";
import { Legend } from "./legend.js";
import { MapView } from "./map.js";
import { complain } from "./notices.js";
import { layOut } from "./print.js";
import { addScale } from "./scale.js";
import { Search } from "./search.js";
import { placeOf } from "./still.js";
import { tellStory } from "./story.js";
import { drawnView, takeOver } from "./takeover.js";
import { Timeline, yearKeys } from "./timeline.js";
import { Tooltip } from "./tooltip.js";
import { featuresOf } from "./topology.js";

const LEGEND = 16.5; // rem, width of the legend with its margins
const CARD = 18.75; // rem, width of the story card with its margins
const FINE_FROM = 7.5; // zoom from which the 200 m outlines are worth their bytes

/** Puts the live map in place of the drawing; `topology` is the TopoJSON of the regions. What lies beside the map follows
 *  once that is on screen, in tasks of its own. */
export function goLive({ boot, atlas, store }, topology) {
  const { L, qamtuShell: shell } = window;
  const shapes = featuresOf(topology);
  const on = gestures(atlas, store, new Tooltip(byId("stage")));
  const drawing = byId("stage").querySelector(".first-map");
  const focused = drawing?.contains(document.activeElement) ? placeOf(document.activeElement) : null;
  const drawn = store.state.view ? null : drawnView(drawing);
  byId("stage").classList.add("live");
  shell.map.invalidateSize({ animate: false });
  if (drawn) takeOver(shell.map, drawn); // before there is anything on the map: what comes is drawn once, where it stays
  const view = new MapView(L, { map: shell.map, layers: shell.layers, atlas, shapes, on });
  on.views.push(view);
  view.inset = insets(store.state);
  if (!drawn) view.look(store.state.view);
  let stands = true;
  store.subscribe((state, changed) => {
    view.draw(state, stands ? null : changed); // where it looks is settled
    stands = false;
  });
  if (focused) view.shapes.byRegion[focused]?.getElement().focus();
  const parts = { L, boot, view, store, atlas, shapes, on, extras: [] };
  whenNeeded(parts);
  parts.goHome = keepInStep(view, store);
  const { dataset } = document.documentElement;
  dataset.live = "yes";
  inTurn([() => beside(parts), () => controls(parts), () => fetchRest(parts), () => {
    dataset.ready = "yes";
  }]);
}

/** What is seen beside the map. */
function beside({ L, view, store, atlas }) {
  addScale(L, view.map);
  new Legend(byId("legend"), atlas, store);
  new Timeline(byId("timeline"), atlas, store);
}

/** What the server drew and the scripts take over. */
function controls({ boot, view, store, atlas }) {
  new Search(byId("search"), atlas, store, boot);
  tellStory(atlas, store);
  modes(store, view);
  languages(store);
  yearKeys(store, atlas);
}

/** What is fetched besides. */
function fetchRest(parts) {
  const { boot } = parts;
  laterGround(parts);
  if (!boot.inline) laterOutlines(parts);
  if (boot.data?.districts) import("./districts.js").then(({ offerDistricts }) => offerDistricts(parts, boot.data.districts, toEveryMap));
}

/** Runs `steps` one after the other, each in a task of its own, after the next frame; a page in the background has none. */
function inTurn(steps) {
  let begun = false;
  const step = ([first, ...rest]) => {
    first();
    if (rest.length) setTimeout(step, 0, rest);
  };
  const begin = () => {
    if (begun) return;
    begun = true;
    step(steps);
  };
  requestAnimationFrame(() => setTimeout(begin));
  setTimeout(begin, 400);
}

/** Panel, table, sharing and comparing are fetched when they are first asked for; panel and tools as soon as somebody moves. */
function whenNeeded(parts) {
  const { L, boot, view, store, atlas, shapes, on } = parts;
  const fetched = {};
  const once = (name, load, make) => () => {
    fetched[name] ??= load().then(make).catch((error) => {
      fetched[name] = null;
      complain({ kind: "offline", message: error.message }, once(name, load, make));
    });
    return fetched[name];
  };
  const panel = once("panel", () => import("./panel.js"), ({ Panel }) => new Panel(byId("panel"), atlas, store, boot));
  const table = once("table", () => import("./table.js"), ({ Table }) => new Table(byId("table"), atlas, store));
  const share = once("share", () => import("./share.js"), ({ Share }) => new Share(atlas, store, boot));
  const compare = once("compare", () => import("./compare.js"), ({ Compare }) => {
    const { extras, goHome } = parts;
    return new Compare(L, byId("compare"), view, store, { atlas, shapes, on, extras, goHome });
  });
  byId("share").addEventListener("click", async () => (await share())?.open());
  byId("compare").addEventListener("click", async () => (await compare())?.toggleMenu());
  store.subscribe((state) => {
    if (state.place) panel();
    if (state.mode === "table") table();
    if (state.compare) compare();
  });
  const tools = once("tools", () => import("./map-tools.js"), ({ addTools }) => addTools(parts, boot));
  const sources = once("sources", () => import("./print-sources.js"), ({ listSources }) => addEventListener("beforeprint", () => listSources(store)));
  whenTouched(() => [panel(), tools(), sources()]);
  if (boot.inline) sources(); // no server listed them, and nothing is fetched
  addEventListener("beforeprint", layOut); // a print waits for nothing that is yet to be fetched
}

/** Runs `fetch` once, at the first sign that somebody is there. */
function whenTouched(fetch) {
  const signs = ["pointermove", "pointerdown", "keydown", "focusin"];
  const once = () => {
    for (const sign of signs) removeEventListener(sign, once);
    fetch();
  };
  for (const sign of signs) addEventListener(sign, once, { passive: true });
}

/** What the maps do when touched; every map of the page is in `views`. */
function gestures(atlas, store, tooltip) {
  const views = []; // the first map, then the one it is compared with
  const spot = (event, point) => event ?? { x: point.x, y: point.y };
  const highlight = (id) => views.forEach((view) => view.highlight(id));
  return {
    views,
    select: (place) => {
      tooltip.hide();
      store.set({ place, obs: null }, { push: !store.state.place });
    },
    hover: (id, event, { map, state }) => {
      highlight(id);
      if (event?.pointerType === "touch") return;
      const [lon, lat] = atlas.region[id].point;
      const frame = map.getContainer().getBoundingClientRect();
      const point = map.latLngToContainerPoint([lat, lon]);
      tooltip.region(atlas, state, id, spot(event, { x: point.x + frame.left, y: point.y + frame.top }));
    },
    gather: (features) => {
      tooltip.hide();
      const points = features.map(({ geometry }) => [...geometry.coordinates].reverse());
      const [{ map }] = views;
      if (map.getZoom() >= map.getMaxZoom() - 1) return store.set({ place: features[0].place ?? features[0].regions[0], obs: null }, { push: !store.state.place });
      const closest = Math.min(map.getZoom() + 2.5, map.getMaxZoom());
      return map.flyToBounds(points, { padding: [120, 120], maxZoom: closest, duration: lessMotion() ? 0 : 0.18 });
    },
    hoverFeature: ([feature, ...more], event) => {
      const at = feature.geometry.type === "Point" ? feature.geometry.coordinates : feature.geometry.coordinates[0];
      const frame = views[0].map.getContainer().getBoundingClientRect();
      const point = views[0].map.latLngToContainerPoint([at[1], at[0]]);
      tooltip.features([feature, ...more], spot(event, { x: point.x + frame.left, y: point.y + frame.top }));
    },
    leave: () => {
      highlight(null);
      tooltip.hide();
    },
    moved: debounce((map) => views[0].onMoved?.(map), 120),
  };
}

/** The pixels of the map that legend, timeline, panel and story card cover: [top, right, bottom, left]. */
function insets({ embed, place, compare, swipe }) {
  const rem = rootSize();
  if (compare && swipe === null) return [52, isPhone() ? 56 : 12, isPhone() ? 12 : 5.5 * rem, 12]; // beside the zoom buttons of a phone
  const top = compare ? 52 : isPhone() ? 8 : 16; // below the captions
  if (embed) return [top, 12, 88, 12];
  if (isPhone()) return [top, 8, place ? innerHeight * 0.52 + 36 : 132, 8];
  const card = byId("story");
  const beside = card && !card.hidden && isWide();
  const right = place ? PANEL * rem + 16 : beside ? CARD * rem : 24;
  const left = isWide() && innerHeight >= 760 ? LEGEND * rem : innerWidth > 1100 ? 150 : 24; // the legend stands open there
  return [top, right, 5.5 * rem, left];
}

/** Writes into the link where the map looks, once somebody has moved it; gives what shows the whole country again. */
function keepInStep(view, store) {
  let home = true;
  const goHome = () => {
    view.look(null, insets(store.state));
    home = true;
  };
  const { map } = view;
  map.on("movestart", (event) => {
    if (event.target === map && map.dragging?._draggable?._moving) home = false;
  });
  view.onMoved = () => {
    const { lat, lng } = map.getCenter();
    if (home && !store.state.view) return;
    store.look(map.getZoom(), lat, lng);
  };
  for (const gesture of ["dragend", "zoomend"]) {
    map.on(gesture, () => {
      home = false;
    });
  }
  addEventListener("resize", debounce(() => {
    map.invalidateSize({ animate: false });
    if (!store.state.view) goHome();
    else view.place();
  }, 150));
  home = true;
  byId("zoom-in").addEventListener("click", () => map.zoomIn(0.5));
  byId("zoom-out").addEventListener("click", () => map.zoomOut(0.5));
  byId("zoom-home").addEventListener("click", () => {
    goHome();
    store.look(null);
  });
  map.on("click", () => store.state.place && store.goBack({ place: null, obs: null }));
  document.documentElement.addEventListener("themechange", () => view.draw(store.state));
  if (document.fonts?.status === "loading") {
    document.fonts.ready.then(() => {
      forgetWidths();
      view.place();
    });
  }
  return goHome;
}

function modes(store, view) {
  let started = false;
  store.subscribe(({ place }, changed) => {
    const opened = started && place && changed.has("place");
    started = true; // a link already looks where it means to
    if (!opened) return;
    view.uncover(place, isPhone() ? [0, innerHeight * 0.52 - 60] : [PANEL * rootSize(), 60]);
  });
  const narrow = matchMedia("(max-width: 47.9375em)");
  const settle = () => {
    const [mode, share] = [byId("mode"), byId("share")];
    const compare = byId("compare").closest(".popover-root") ?? byId("compare");
    if (narrow.matches) byId("more").prepend(compare, mode);
    else share.before(compare, mode);
  };
  narrow.addEventListener("change", settle);
  settle();
  const button = byId("mode");
  button.addEventListener("click", () => store.set({ mode: store.state.mode === "table" ? "map" : "table" }));
  store.subscribe(({ mode }, changed) => {
    if (!changed.has("mode")) return;
    const back = mode === "map" && document.body.classList.contains("as-table");
    document.body.classList.toggle("as-table", mode === "table");
    button.textContent = mode === "table" ? t("Map") : t("Table");
    if (back) view.map.invalidateSize({ animate: false }); // only then: it would move a link's centre to a whole pixel
  });
  byId("theme").addEventListener("click", () => window.qamtuTheme.set(window.qamtuTheme.get() === "dark" ? "light" : "dark"));
}

/** The language links lead to this very view in the other language. */
function languages(store) {
  store.subscribe(() => {
    for (const link of document.querySelectorAll("[data-lang]")) link.href = store.address({ lang: link.dataset.lang });
  });
}

/** Adds something to the maps that are there, and to a second one when it comes. */
function toEveryMap({ on, extras }, add) {
  extras.push(add);
  on.views.forEach(add);
}

/** The backdrop comes once the map stands; without it the map is as true, only plainer. */
async function laterGround(parts) {
  const { boot } = parts;
  try {
    const topology = boot.inline ? boot.inline.backdrop : await getJson(boot.data.backdrop);
    if (!topology) return;
    const ground = featuresOf(topology);
    toEveryMap(parts, (view) => view.addGround(ground));
  } catch (error) {
    if (error.kind !== "offline" && error.kind !== "timeout") throw error; // offline the regions stand on plain paper
  }
}

/** Finer outlines for close zooms. */
function laterOutlines({ boot, view, shapes, on }) {
  const { map } = view;
  let asked = false;
  const finer = async () => {
    if (asked || map.getZoom() < FINE_FROM || !boot.data.regions_200) return;
    asked = true;
    try {
      shapes.features = featuresOf(await getJson(boot.data.regions_200)).features; // for maps to come, too
      for (const { shapes: { byRegion } } of on.views) {
        for (const shape of shapes.features) byRegion[shape.id]?.setShape(shape);
      }
      view.select(view.state.place);
    } catch {
      asked = false; // the coarser outlines stay; the next zoom tries again
    }
  };
  map.on("zoomend", finer);
  finer();
}
