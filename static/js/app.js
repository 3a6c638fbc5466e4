/* The map page: reads what the page carries, makes every layer usable on the server's drawing, then brings the live map. */

import { getJson } from "./api.js";
import { usePalettes } from "./colour.js";
import { Deck } from "./deck.js";
import { byId, jsonBlock } from "./dom.js";
import { showHeadline } from "./headline.js";
import { lang, useUnits } from "./i18n.js";
import { Atlas } from "./model.js";
import { complain, showNotices } from "./notices.js";
import { Store } from "./state.js";
import { StillMap } from "./still.js";

const boot = jsonBlock("boot");
const PATIENCE = 8; // ms in which the figures are there unless the network is slow
let parts = null;

start();

async function start() {
  try {
    parts ??= makeUsable(new Atlas(await figures()));
    const [topology, { goLive }] = await parts.live();
    parts.still.stop();
    goLive(parts, topology);
  } catch (error) {
    console.error(error);
    complain(error, start);
  }
}

/** The atlas, once the page looks as it shall. */
async function figures() {
  if (boot.inline) return boot.inline.atlas;
  // where the network is what takes time, the rest is asked for meanwhile; where it is the processor, this comes first
  const waiting = setTimeout(askForLive, PATIENCE);
  const [atlas] = await Promise.all([getJson(boot.data.atlas), styled(), lettered()]);
  clearTimeout(waiting);
  return atlas;
}

/** Until the whole style sheet is there: the page begins with what its first frame needs of it. */
function styled() {
  const link = document.querySelector("link[data-later=stylesheet]");
  if (!link || link.sheet) return null;
  return new Promise((done) => {
    for (const end of ["load", "error"]) link.addEventListener(end, done);
  });
}

/** Until the letters are there, which decide how high the words above the map are; not for long. */
function lettered() {
  return Promise.race([document.fonts?.ready, new Promise((done) => setTimeout(done, 300))]);
}

/** The words and the chips; what they ask for is painted into the server's drawing until the live map is there. */
function makeUsable(atlas) {
  usePalettes(boot.palettes);
  useUnits(atlas.data.units);
  const store = new Store(atlas, boot.links, lang, { alone: Boolean(boot.inline) });
  let drawnWords = Boolean(boot.title);
  store.subscribe((state) => {
    showHeadline(atlas, state, drawnWords);
    drawnWords = false;
  });
  new Deck(byId("deck"), atlas, store);
  const still = new StillMap(document.querySelector(".first-paint"), atlas, store);
  showNotices(byId("notices"), [...(boot.notices ?? []), ...(boot.inline ? store.notices : [])], boot);
  if (store.state.embed) document.body.classList.add("embed");
  const { classList, dataset } = document.documentElement;
  classList.remove("first"); // the words come at once, so that the page is laid out once
  dataset.usable = "yes";
  return { boot, atlas, store, still, live: boot.inline ? inlineLive : fetchLive };
}

async function inlineLive() {
  return [boot.inline.regions, await import("./live.js")];
}

/** Leaflet, the map that Folium made of it, the outlines and what draws with them, once the layers are on screen. */
async function fetchLive() {
  await new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, 400); // a page in the background has no frames
  });
  const topology = askForLive();
  const live = import("./live.js");
  // another try, after something else was missing, must not make the map twice
  if (!window.qamtuShell) await Promise.all([...document.querySelectorAll("link[data-live=preload]")].map(({ href }) => script(href)));
  return Promise.all([topology, live]);
}

/** Has the browser fetch what the live map needs; gives the outlines. */
function askForLive() {
  for (const link of document.querySelectorAll("link[data-live]")) link.rel ||= link.dataset.live;
  return getJson(boot.data.regions_500);
}

/** A script that runs after those asked for before it. */
function script(src) {
  return new Promise((done, fail) => {
    const node = document.createElement("script");
    node.async = false;
    node.addEventListener("load", done);
    node.addEventListener("error", () => fail(Object.assign(new Error(src), { kind: "offline" })));
    node.src = src;
    document.head.append(node);
  });
}
