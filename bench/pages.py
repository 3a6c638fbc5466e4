"""The first view in a real Chromium: time to the map, bytes, heap and toggling, beside plain and tuned Folium."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Error, Frame, Page, sync_playwright

from bench.atlas import folder, granian
from bench.measure import Row, Section, Spread, middle, runs, spread
from bench.peer_libraries import fetch_libraries
from bench.streamlit_server import streamlit

PROFILES = {
    "loopback": {},
    "10 Mbit/s, 50 ms": {"latency": 50, "downloadThroughput": 1_250_000, "uploadThroughput": 1_250_000},
    "loopback, CPU ÷ 4": {"cpu": 4},
}
STREAMLIT = "streamlit-folium"
APPS = {"Qamtu": "webapp:create_app", "tuned Folium": "bench.peer_apps:tuned", "plain Folium": "bench.peer_apps:plain"}
# Ours says `usable` when regions and chips answer, for every layer, to pointer and keyboard, and `live` when the map
# can be moved, too, which Folium's can from the beginning: its page has its control and its paths.
USABLE = {
    "Qamtu": "document.documentElement.dataset.usable === 'yes' && "
    "document.querySelectorAll('#deck .chip-toggle').length >= 4 && "
    "document.querySelectorAll('.first-map a path, path.leaflet-interactive').length >= 20",
    **dict.fromkeys(
        ("tuned Folium", "plain Folium", STREAMLIT),
        "document.querySelectorAll('path.leaflet-interactive').length >= 80 && "
        "document.querySelectorAll('.leaflet-control-layers-overlays label').length >= 4",
    ),
}
TOGGLE = {"Qamtu": "[data-layer=water] .chip-toggle"}
FOLIUM_TOGGLE = ".leaflet-control-layers-overlays label:nth-of-type(2) input"
MOVES = {"Qamtu": "document.documentElement.dataset.live === 'yes'"}
# What tells that the layer was switched: ours draws water as rings over the fill, Folium takes its paths off the map.
SWITCHED = {"Qamtu": "document.querySelector('.stage:not(.live) .first-map path[stroke=\"var(--water)\"], .gauge')"}
FOLIUM_SWITCHED = "document.querySelectorAll('path.leaflet-interactive').length < marks.paths"
# A map is on screen once a frame was painted in which a path has an area and nothing lies over it: the first task after
# that frame tells when. The other marks likewise: usable, moves and, where the layer is asked for, switched.
WATCH = """
(() => {
if (document.watched) return;
document.watched = true;
const marks = (window.__marks = {});
const holds = {};
const seen = (path) => {
  const box = path.getBoundingClientRect();
  if (box.width <= 20 || box.height <= 20) return false;
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return Boolean(top) && path.ownerSVGElement.contains(top);
};
const afterPaint = (tell) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = tell;
  port2.postMessage(0);
};
const mark = (name, condition, then) => {
  if (holds[name] || !condition()) return;
  holds[name] = true;
  afterPaint(() => {
    marks[name] = performance.timeOrigin + performance.now();
    then?.();
  });
};
const ask = () => {
  if (!ASKS) return;
  marks.paths = document.querySelectorAll("path.leaflet-interactive").length;
  document.querySelector("CONTROL").click();
  holds.asked = true;
};
const look = () => {
  mark("first", () => [...document.querySelectorAll("PATHS")].some(seen));
  mark("usable", () => holds.first && USABLE, ask);
  mark("moves", () => holds.usable && MOVES);
  mark("switched", () => holds.asked && SWITCHED);
  if (!holds.moves || (ASKS && !holds.switched)) requestAnimationFrame(look);
};
requestAnimationFrame(look);
})()
"""
BARS = {"first": {"loopback": 5, "10 Mbit/s, 50 ms": 3}, "usable": {"loopback": 2}}
TOGGLES = 6
# Nothing is asked of other machines; by the browser itself, for an interception in the driver would slow each request.
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", ALONE)
SETTLE_S = 0.5
LATER_MS = 2500  # what a page fetches of its own accord after it is usable counts as its first view


@dataclass(frozen=True, slots=True)
class Visit:
    """One cold visit: milliseconds from the start of the navigation, kilobytes over the wire, megabytes of heap."""

    first_ms: float
    usable_ms: float
    moves_ms: float
    first_kb: float
    all_kb: float
    heap_mb: float
    script_ms: float  # of switching one layer off or on, all its frames together


def measure() -> Section:
    """Visits in turn, so that a slow moment of the machine falls on every one of them."""
    fetch_libraries()
    rows = []
    with served() as addresses, sync_playwright() as playwright:
        path = os.environ.get("QAMTU_CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for name, address in addresses.items():  # the first request of a server is measured by bench/starting.py
            visit(browser, name, address, {})
        for profile, conditions in PROFILES.items():
            visits: dict[str, list[Visit]] = {name: [] for name in addresses}
            for _ in range(runs(7)):
                for name, address in addresses.items():
                    visits[name].append(visit(browser, name, address, conditions))
            rows += rows_of(profile, visits)
        rows.append(row_of_switching(browser, addresses))
        browser.close()
    note = (
        f"Cold browser, medians of {runs(7)} visits in turn at 1440 × 900; the servers have answered once before. "
        "Folium shows what our map offers: four layers with a legend each, zones and pipelines, on hovering a region's "
        "name with value, unit and year, on clicking the sentence and its source; tuned means 500 m outlines, rendered "
        "once, brotli. Third-party files of its page come from the peer's own server, packed; map tiles are left out. "
        "streamlit-folium shows the tuned map without its legends. Usable: layers can be switched and regions asked; "
        "at first our server draws what is switched, then the live map, which can be moved, takes over."
    )
    packages = ("folium", "streamlit-folium", "streamlit", "flask", "granian", "playwright")
    return Section("First view", tuple(rows), packages, note)


@contextlib.contextmanager
def served() -> Iterator[dict[str, str]]:
    """Every application on a port of its own, over the same data."""
    with contextlib.ExitStack() as stack:
        data = str(folder())
        addresses = {name: stack.enter_context(granian(target, QAMTU_DATA=data)) for name, target in APPS.items()}
        yield {**addresses, STREAMLIT: stack.enter_context(streamlit(data, addresses["tuned Folium"]))}


def visit(browser: Browser, name: str, address: str, conditions: dict[str, Any]) -> Visit:
    """One visit in a fresh context."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page, devtools = open_page(context, name, conditions)
    sent: list[float] = []
    arrived: list[tuple[float, float]] = []
    devtools.on("Network.requestWillBeSent", lambda event: sent.append(event["timestamp"]))
    devtools.on(
        "Network.loadingFinished", lambda event: arrived.append((event["timestamp"], event["encodedDataLength"]))
    )
    page.goto(address + "/", wait_until="commit")
    frame = wait_for(page, "window.__marks?.moves", watch_of(name))
    if not conditions:
        page.wait_for_timeout(LATER_MS)
    first, usable, moves = marks_of(page, frame, "first", "usable", "moves")
    early = sum(size for at, size in arrived if (at - min(sent)) * 1000 <= first)
    everything = sum(size for _, size in arrived)
    script = script_of_toggling(frame, devtools, TOGGLE.get(name, FOLIUM_TOGGLE))
    if name == "Qamtu":  # the heap is looked at with everything open
        page.goto(f"{address}/?layers=gas~water~internet~industry&place=KZ-61", wait_until="commit")
        wait_for(page, "document.querySelector('#panel:not([hidden]) h2')")
    seen = Visit(first, usable, moves, early / 1000, everything / 1000, heap(devtools), script)
    leave(context)
    return seen


def switched_ms(browser: Browser, name: str, address: str) -> float:
    """Milliseconds from the start of a cold visit until a layer that is switched as soon as it can be is on screen."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page, _ = open_page(context, name, {}, asks=True)
    page.goto(address + "/", wait_until="commit")
    frame = wait_for(page, "window.__marks?.switched", watch_of(name, asks=True))
    (switched,) = marks_of(page, frame, "switched")
    leave(context)
    return switched


def leave(context: BrowserContext) -> None:
    """What taking a page down costs shall not fall on the visit after it, which may be that of another application."""
    context.close()
    time.sleep(SETTLE_S)


def marks_of(page: Page, frame: Frame, *names: str) -> list[float]:
    """Milliseconds from the start of the navigation to the marks of a page, which may stand in a frame of it."""
    began = page.evaluate("performance.timeOrigin")
    marks = frame.evaluate("window.__marks")
    return [marks[name] - began for name in names]


def open_page(
    context: BrowserContext, name: str, conditions: dict[str, Any], *, asks: bool = False
) -> tuple[Page, CDPSession]:
    """A page under ``conditions`` that watches its own paths; ``asks``: it switches a layer as soon as it can."""
    page = context.new_page()
    page.add_init_script(watch_of(name, asks=asks))
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Performance.enable")
    if "latency" in conditions:
        devtools.send("Network.emulateNetworkConditions", {"offline": False, **conditions})
    if "cpu" in conditions:
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": conditions["cpu"]})
    return page, devtools


def watch_of(name: str, *, asks: bool = False) -> str:
    """Streamlit's own page has drawn signs, so there only what Leaflet draws is a map."""
    parts = {
        "PATHS": "path.leaflet-interactive" if name == STREAMLIT else "svg path",
        "USABLE": USABLE[name],
        "MOVES": MOVES.get(name, "true"),
        "ASKS": str(asks).lower(),
        "CONTROL": TOGGLE.get(name, FOLIUM_TOGGLE),
        "SWITCHED": SWITCHED.get(name, FOLIUM_SWITCHED),
    }
    script = WATCH
    for part, text in parts.items():
        script = script.replace(part, text)
    return script


def wait_for(page: Page, condition: str, watch: str = "0") -> Frame:
    """The frame in which ``condition`` holds, within a minute; playwright's own way is forbidden by our CSP."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        for frame in page.frames:  # streamlit keeps the map in a frame of its own
            with contextlib.suppress(Error):  # one that is just being exchanged
                if frame.parent_frame:  # whose first document, to which the script was added, has been replaced
                    frame.evaluate(watch)
                if frame.evaluate(f"Boolean({condition})"):
                    return frame
        time.sleep(0.25)  # the page keeps its own times: who asks too often takes them from it
    raise RuntimeError(f"{page.url}: not within a minute: {condition}")


def row_of_switching(browser: Browser, addresses: dict[str, str]) -> Row:
    """What it takes from nothing to a layer of one's own choice."""
    asked = {name: address for name, address in addresses.items() if name in APPS}
    found: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(runs(7)):
        for name, address in asked.items():
            found[name].append(switched_ms(browser, name, address))
    ours, *peers = ((name, spread(times)) for name, times in found.items())
    return Row("a layer switched as soon as it can be, on screen, loopback", "ms", ours[1], dict(peers), "", None)


def script_of_toggling(page: Frame, devtools: CDPSession, control: str) -> float:
    """Milliseconds of script a toggle, the median: an upper bound of what any single frame of it takes."""
    found = []
    for _ in range(TOGGLES):
        before = script_seconds(devtools)
        page.evaluate("control => document.querySelector(control).click()", control)
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 150)))")
        found.append((script_seconds(devtools) - before) * 1000)
        time.sleep(0.05)
    return spread(found).median


def script_seconds(devtools: CDPSession) -> float:
    metrics = devtools.send("Performance.getMetrics")["metrics"]
    return next(metric["value"] for metric in metrics if metric["name"] == "ScriptDuration")


def heap(devtools: CDPSession) -> float:
    devtools.send("HeapProfiler.enable")
    devtools.send("HeapProfiler.collectGarbage")
    return devtools.send("Runtime.getHeapUsage")["usedSize"] / 1e6


def rows_of(profile: str, visits: dict[str, list[Visit]]) -> list[Row]:
    """The rows of one profile; weights only where nothing is slowed down, for they are the same everywhere."""

    def of(name: str, field: str) -> Spread:
        return spread([getattr(visit, field) for visit in visits[name]])

    def row(what: str, unit: str, field: str, times: float | None = None, most: float | None = None) -> Row:
        ours, peers = of("Qamtu", field), {name: of(name, field) for name in visits if name != "Qamtu"}
        if times:
            met = middle(ours) <= middle(peers["tuned Folium"]) / times
            return Row(f"{what}, {profile}", unit, ours, peers, f"≤ 1/{times:g} of tuned Folium", met)
        bar = f"≤ {most:g} {unit}" if most else ""
        return Row(f"{what}, {profile}", unit, ours, peers, bar, middle(ours) <= most if most else None)

    found = [
        row("first map on screen", "ms", "first_ms", times=BARS["first"].get(profile)),
        row("all layers usable", "ms", "usable_ms", times=BARS["usable"].get(profile)),
        row("the map can be moved, too", "ms", "moves_ms"),
        row("script to switch a layer", "ms", "script_ms", most=16 if profile == "loopback" else None),
    ]
    if profile == "loopback":
        found += [
            row("bytes to the first map", "KB", "first_kb", most=100),
            row("bytes of the first view", "KB", "all_kb", most=250),
            row("JavaScript heap, all layers and the panel open", "MB", "heap_mb", most=12),
        ]
    return found
