/* Polygons that are cheap to draw: a corner is projected once, and drawn at half pixels, so that neighbours share their
   border to the point, as in the server's drawing (webapp/drawing_svg.py). */

const STEPS = 2; // steps of a corner to one pixel
const WORLD = 256; // px, width of the world at zoom 0
let Polygon = null;

/** A Leaflet path of a polygon feature (see topology.js); `setShape` takes another, finer one. */
export function polygon(L, feature, options) {
  Polygon ??= L.Path.extend(methods(L));
  return new Polygon(feature, options);
}

function methods(L) {
  return {
    initialize(feature, options) {
      L.setOptions(this, { fill: true, ...options });
      this.setShape(feature);
    },
    setShape(feature) {
      this.feature = feature;
      this._rings = feature.rings;
      return this.redraw();
    },
    getBounds() {
      const side = (index, pick) => pick(...this._rings.map(({ box }) => box[index]));
      const [west, north, east, south] = [side(0, Math.min), side(1, Math.min), side(2, Math.max), side(3, Math.max)];
      return L.latLngBounds(position(west, south), position(east, north));
    },
    _project() {
      this._whole = false; // zoomed: what is drawn holds no longer
    },
    _update() {
      if (!this._map) return;
      const scale = WORLD * 2 ** this._map.getZoom();
      const { x, y } = this._map.getPixelOrigin();
      const { _bounds: window } = this._renderer;
      const [left, top, right, bottom] = [(window.min.x + x) / scale, (window.min.y + y) / scale, (window.max.x + x) / scale, (window.max.y + y) / scale];
      const whole = this._rings.every(({ box: [west, north, east, south] }) => west >= left && north >= top && east <= right && south <= bottom);
      if (whole && this._whole) return; // moved, and all of it is drawn already
      this._whole = whole;
      const seen = this._rings.filter(({ box: [west, north, east, south] }) => west < right && north < bottom && east > left && south > top);
      const corners = seen.map((ring) => inPixels(ring, scale, x, y)).map((flat) => (whole ? flat : cut(L, flat, window)));
      this._renderer._setPath(this, corners.map(pathOf).join("") || "M0 0");
    },
    _updateBounds() {},
  };
}

/** [lat, lon] of a point in widths of the world. */
function position(x, y) {
  return [(Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI, (x - 0.5) * 360];
}

/** The corners in pixels of the map's layers; those that fall together are one. */
function inPixels({ corners }, scale, left, top) {
  const flat = [];
  let lastX = NaN;
  let lastY = NaN;
  for (let at = 0; at < corners.length; at += 2) {
    const x = Math.round((corners[at] * scale - left) * STEPS) / STEPS;
    const y = Math.round((corners[at + 1] * scale - top) * STEPS) / STEPS;
    if (x === lastX && y === lastY) continue;
    flat.push(x, y);
    lastX = x;
    lastY = y;
  }
  return flat;
}

function cut(L, flat, window) {
  const points = [];
  for (let at = 0; at < flat.length; at += 2) points.push(L.point(flat[at], flat[at + 1]));
  return L.PolyUtil.clipPolygon(points, window, false).flatMap(({ x, y }) => [x, y]);
}

function pathOf(flat) {
  return flat.length < 6 ? "" : `M${flat.join(" ")}z`; // pairs after the first are lines
}
