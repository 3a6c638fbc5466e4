/* Tools on the map's edge that nobody waits for: full screen, "my region", raster tiles where the server
   names their origin. Nothing is asked of browser or net before a button is pressed. */

import { byId, closeMore, el, put, svg } from "./dom.js";
import { name, t } from "./i18n.js";
import { regionAt } from "./inside.js";

const PATIENCE = 10_000; // ms to wait for a position
const ICONS = {
  full: "M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4",
  here: "M8 1v3M8 12v3M1 8h3M12 8h3M8 4a4 4 0 1 0 .01 0M8 7.4a.6.6 0 1 0 .01 0",
  tiles: "M2 2h12v12H2zM6 2v12M10 2v12M2 6h12M2 10h12",
};

/** Adds the tools; `tiles` are origins that the server allows, `credit` whose tiles they are. */
export function addTools({ L, view, shapes, atlas, on }, { tiles = [], tile_credit: credit = "" }) {
  const tools = [
    document.fullscreenEnabled && fullScreen(),
    navigator.geolocation && myRegion(shapes, atlas, on),
    tiles.length > 0 && rasterTiles(L, view.map, tiles[0], credit),
  ].filter(Boolean);
  const holder = el("div", { class: "map-tools", role: "group", "aria-label": t("Map tools") });
  document.querySelector(".zoom").after(holder);
  const narrow = matchMedia("(max-width: 47.9375em)");
  const settle = () => {
    if (narrow.matches) byId("more").prepend(...tools);
    else holder.append(...tools);
    holder.hidden = narrow.matches || !tools.length;
  };
  narrow.addEventListener("change", settle);
  settle();
  closeEasily(document.querySelector(".more-pages"));
}

/** The menu of pages closes as the others do: by Escape and by a press beside it. */
function closeEasily(menu) {
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.stopPropagation();
    closeMore();
    menu.querySelector("summary").focus();
  });
  document.addEventListener("pointerdown", ({ target }) => menu.contains(target) || closeMore(), true);
}

function tool(id, icon, label, onclick) {
  const picture = svg("svg", { width: 16, height: 16, "aria-hidden": "true", class: "tool-icon" }, svg("path", { d: ICONS[icon] }));
  return el("button", { id, type: "button", class: "tool map-tool", title: label, onclick }, picture, el("span", { class: "tool-name", text: label }));
}

function fullScreen() {
  const button = tool("full-screen", "full", t("Full screen"), () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen().catch(() => tell(t("The browser does not allow full screen here.")));
  });
  const pressed = () => button.setAttribute("aria-pressed", String(Boolean(document.fullscreenElement)));
  document.addEventListener("fullscreenchange", pressed);
  pressed();
  return button;
}

/** Asks where the reader is, once, and opens the region around that point; the point leaves the browser never. */
function myRegion(shapes, atlas, on) {
  const button = tool("my-region", "here", t("My region"), () => {
    button.setAttribute("aria-busy", "true");
    navigator.geolocation.getCurrentPosition(found, refused, { maximumAge: 600_000, timeout: PATIENCE });
  });
  const found = ({ coords }) => {
    button.removeAttribute("aria-busy");
    const region = regionAt(shapes, coords.longitude, coords.latitude);
    if (!region) return tell(t("You seem to be outside Kazakhstan: no region here contains your position."));
    closeMore();
    on.select(region);
    return tell(t("Your position is in this region: %(region)s. It was not sent anywhere.", { region: name(atlas.nameOf(region)) }), "status");
  };
  const refused = ({ code, PERMISSION_DENIED: denied }) => {
    button.removeAttribute("aria-busy");
    tell(code === denied
      ? t("The browser may not tell your position. Allow it for this site, or pick your region on the map or by search.")
      : t("Your position could not be found. Try again, or pick your region on the map or by search."));
  };
  return button;
}

/** A layer of tiles under the regions, which turn translucent; off until asked for, and never part of a link. */
function rasterTiles(L, map, origin, credit) {
  const layer = L.tileLayer(`${origin.replace("//*.", "//{s}.")}/{z}/{x}/{y}.png`, { maxZoom: 19, pane: "tilePane" });
  const told = el("span", { class: "tile-credit", text: `${t("Background map: %(credit)s", { credit })} · ` });
  const button = tool("tiles", "tiles", t("Background map"), () => {
    const wanted = !map.hasLayer(layer);
    if (wanted) layer.addTo(map);
    else layer.remove();
    map.getContainer().classList.toggle("with-tiles", wanted);
    if (wanted) document.querySelector(".credits").prepend(told);
    else told.remove();
    button.setAttribute("aria-pressed", String(wanted));
  });
  layer.once("tileerror", () => tell(t("The background map could not be fetched from %(origin)s.", { origin })));
  button.setAttribute("aria-pressed", "false");
  return button;
}

/** A line above the map. */
function tell(text, role = "alert") {
  const notices = byId("notices");
  notices.hidden = false;
  const close = el("button", { class: "close", type: "button", "aria-label": t("Close"), text: "×", onclick: () => { notices.hidden = true; } });
  put(notices, el("div", { class: "notice", role }, el("p", { text }), close));
}
