/** The map of a suggestion: where the place is now, and where somebody says it is. */
import { CircleMarker, Polyline, type CircleMarkerOptions } from "leaflet";

import { parseAt, toLatLng, type LonLat } from "./geo";
import { makeFrame } from "./map/frame";

const root = document.querySelector<HTMLElement>("[data-proposal-map]");
if (root) show(root);

function show(root: HTMLElement): void {
  const { map } = makeFrame(root, null);
  const now = point(root.dataset.now);
  const then = point(root.dataset.then);
  if (now && then) {
    const line = new Polyline([toLatLng(now), toLatLng(then)], {
      ...colour("--ink"),
      weight: 3,
      dashArray: "2 8",
    });
    line.addTo(map);
    map.fitBounds(line.getBounds().pad(0.5), { maxZoom: 18 });
  }
  // A ring and a dot, so that colour is not alone in telling them apart.
  if (now) new CircleMarker(toLatLng(now), ring()).addTo(map);
  if (then) new CircleMarker(toLatLng(then), dot()).addTo(map);
  root.dataset.state = "ready";
}

function point(text: string | undefined): LonLat | null {
  return text ? (parseAt(`${text},17`)?.centre ?? null) : null;
}

function ring(): CircleMarkerOptions {
  return {
    radius: 10,
    weight: 4,
    fillColor: "#fff",
    fillOpacity: 0.6,
    ...colour("--ink"),
  };
}

function dot(): CircleMarkerOptions {
  const { color } = colour("--door");
  return { radius: 9, weight: 3, color: "#fff", fillColor: color, fillOpacity: 1 };
}

function colour(name: string): { color: string } {
  const style = getComputedStyle(document.documentElement);
  return { color: style.getPropertyValue(name).trim() };
}
