/* The live map starts from where the server's drawing lies, so that nothing moves when it takes over. */

const TILE = 256;

/** The Leaflet view {zoom, lat, lon} that `drawing` (the server's svg) shows in the middle of the box it lies in, which
 *  is the map's own; null where it is not on screen. Zoom and position are exact, not those that a link can carry. */
export function drawnView(drawing) {
  const matrix = drawing?.getScreenCTM?.();
  if (!matrix || !drawing.getClientRects().length || !(matrix.a > 0)) return null;
  const [zoom, dx, dy] = ["zoom", "dx", "dy"].map((name) => Number(drawing.dataset[name]));
  const box = drawing.parentElement.getBoundingClientRect();
  const scale = TILE * 2 ** zoom;
  const x = ((box.left + box.width / 2 - matrix.e) / matrix.a - dx) / scale;
  const y = ((box.top + box.height / 2 - matrix.f) / matrix.a - dy) / scale;
  if (![x, y, zoom].every(Number.isFinite)) return null;
  return {
    zoom: zoom + Math.log2(matrix.a),
    lat: (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI,
    lon: (x - 0.5) * 360,
  };
}

/** Puts a Leaflet map exactly there, between the steps that its zoom snaps to. */
export function takeOver(map, { zoom, lat, lon }) {
  const snap = map.options.zoomSnap;
  map.options.zoomSnap = 0;
  map.setView([lat, lon], zoom, { animate: false });
  map.options.zoomSnap = snap;
}
