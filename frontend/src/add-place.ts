/**
 * Adding a place: the cross stays in the middle, the map moves under it, and the point
 * under the cross goes into the form's own fields. The form works without it.
 */
import type { Map as LeafletMap } from "leaflet";

import { fetchNearestPostcode } from "./api";
import { fromLatLng, toLatLng, type LonLat } from "./geo";
import { makeFrame } from "./map/frame";
import { fieldPoint, nearWords } from "./map/pin-fields";
import { assetKind } from "./map/sign-kinds";
import { SignsLayer } from "./map/signs-layer";
import { TileStore } from "./map/tile-store";

const DOOR_ZOOM = 17;

const root = document.querySelector<HTMLElement>("[data-add-map]");
const lon = document.querySelector<HTMLInputElement>("[data-pin-lon], #id_lon");
const lat = document.querySelector<HTMLInputElement>("[data-pin-lat], #id_lat");
if (root && lon && lat) startPin(root, lon, lat);

function startPin(root: HTMLElement, lon: HTMLInputElement, lat: HTMLInputElement) {
  const chosen = fieldPoint(lon.value, lat.value);
  const frame = makeFrame(root, chosen && { centre: chosen, zoom: DOOR_ZOOM });
  const { map } = frame;
  const near = root.querySelector<HTMLElement>("[data-near]");
  map.addLayer(
    new SignsLayer({
      kinds: { assets: assetKind(document) },
      store: new TileStore(),
      onState: (state) => {
        root.dataset.state = state;
      },
    }),
  );

  let typed = false; // the fields moved the map: do not write them back, rounded
  const onMove = () => {
    if (!typed) writePoint(fromLatLng(map.getCenter()), lon, lat);
    typed = false;
    if (near) void sayNear(map, near);
  };
  map.on("moveend", onMove);
  for (const field of [lon, lat]) {
    field.addEventListener("change", () => {
      const point = fieldPoint(lon.value, lat.value);
      if (!point) return;
      typed = true;
      map.setView(toLatLng(point), Math.max(map.getZoom(), DOOR_ZOOM));
    });
  }
  if (near && chosen) void sayNear(map, near);
}

function writePoint(
  [x, y]: LonLat,
  lon: HTMLInputElement,
  lat: HTMLInputElement,
): void {
  lon.value = x.toFixed(6);
  lat.value = y.toFixed(6);
}

let asking = new AbortController();

async function sayNear(map: LeafletMap, near: HTMLElement): Promise<void> {
  asking.abort();
  asking = new AbortController();
  const { signal } = asking;
  try {
    const found = await fetchNearestPostcode(fromLatLng(map.getCenter()), signal);
    near.hidden = !found;
    if (found) near.textContent = nearWords(found);
  } catch (error) {
    if (signal.aborted) return;
    near.hidden = true; // a comfort, not a need: the point itself is in the form
    console.warn("nearest postcode", error);
  }
}
