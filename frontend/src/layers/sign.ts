/** Puts a node of the page on a spot of the map: a real link, not a picture of one. */
import { DivIcon, Marker, type Map as LeafletMap } from "leaflet";

import { toLatLng, type LonLat } from "../geo";

export function addSign(map: LeafletMap, point: LonLat, node: HTMLElement): void {
  const shown = new DivIcon({ className: "layer-sign", html: node, iconSize: [0, 0] });
  const still = { icon: shown, keyboard: false, interactive: false };
  new Marker(toLatLng(point), still).addTo(map);
}
