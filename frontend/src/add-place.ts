/**
 * Adding a place: the cross stays in the middle, the map moves under it, and the point
 * under the cross goes into the form's own fields. The form works without it.
 */
import type { LatLng, Map as LeafletMap } from "leaflet";

import { AlikePanel } from "./add/alike";
import { askWhere } from "./add/here";
import { searchKinds } from "./add/kinds";
import { searchNear } from "./add/near";
import { fetchNearestPostcode } from "./api";
import { fromLatLng, parseAt, toLatLng, type LonLat } from "./geo";
import { makeFrame } from "./map/frame";
import { fieldPoint, nearWords } from "./map/pin-fields";
import { assetKind } from "./map/sign-kinds";
import { SignsLayer } from "./map/signs-layer";
import { TileStore } from "./map/tile-store";

const DOOR_ZOOM = 17;
const STILL_PX = 3;

const root = document.querySelector<HTMLElement>("[data-add-map]");
const lon = document.querySelector<HTMLInputElement>("[data-pin-lon], #id_lon");
const lat = document.querySelector<HTMLInputElement>("[data-pin-lat], #id_lat");
searchKinds(document);
let asking = new AbortController();
if (root && lon && lat) startPin(root, lon, lat);

function startPin(root: HTMLElement, lon: HTMLInputElement, lat: HTMLInputElement) {
  const chosen = fieldPoint(lon.value, lat.value);
  const asked = parseAt(new URLSearchParams(window.location.search).get("at"));
  const frame = makeFrame(root, chosen ? { centre: chosen, zoom: DOOR_ZOOM } : asked);
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

  const alike = lon.form ? AlikePanel.over(lon.form) : null;
  let typed = false; // the fields moved the map: do not write them back, rounded
  let start: LatLng | null = map.getCenter(); // until somebody has moved it
  const onMove = () => {
    // The page's own layout moves a map by a pixel; that says nothing about a place.
    if (start && !typed && pixelsFromMiddle(map, start) < STILL_PX) return;
    start = null;
    if (!typed) writePoint(fromLatLng(map.getCenter()), lon, lat);
    typed = false;
    alike?.look();
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
  const put = (point: LonLat) => {
    start = null;
    map.setView(toLatLng(point), Math.max(map.getZoom(), DOOR_ZOOM), {
      animate: false,
    });
    writePoint(point, lon, lat); // as it was said, not as the map rounds it
    alike?.look();
  };
  offerHere(put);
  const search = document.querySelector<HTMLElement>("[data-near-search]");
  if (search) searchNear(search, () => fromLatLng(map.getCenter()), put);
  if (near && chosen) void sayNear(map, near);
  lon.form?.addEventListener("submit", () => {
    const close = map.getZoom() >= DOOR_ZOOM - 1;
    if (close && isEmpty(lon.form, "lon", "lat", "postcode", "address", "near")) {
      writePoint(fromLatLng(map.getCenter()), lon, lat); // the cross was on the door
    }
  });
}

/** The button that takes the phone's word for where it is. */
function offerHere(put: (point: LonLat) => void): void {
  const box = document.querySelector<HTMLElement>("[data-here-box]");
  const button = box?.querySelector<HTMLButtonElement>("[data-here]");
  const said = box?.querySelector<HTMLElement>("[data-here-said]");
  if (!box || !button || !said || !("geolocation" in navigator)) return;
  box.hidden = false;
  button.addEventListener("click", () => {
    button.disabled = true;
    const say = (words: string) => {
      said.textContent = words;
    };
    void askWhere(say).then((here) => {
      button.disabled = false;
      if (here) put(here.point);
    });
  });
}

function isEmpty(form: HTMLFormElement | null, ...names: string[]): boolean {
  const fields = names.map((name) => form?.elements.namedItem(name));
  return fields.every((field) => !(field instanceof HTMLInputElement && field.value));
}

function pixelsFromMiddle(map: LeafletMap, point: LatLng): number {
  return map.latLngToContainerPoint(point).distanceTo(map.getSize().divideBy(2));
}

function writePoint(
  [x, y]: LonLat,
  lon: HTMLInputElement,
  lat: HTMLInputElement,
): void {
  lon.value = x.toFixed(6);
  lat.value = y.toFixed(6);
}

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
