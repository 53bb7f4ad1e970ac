/** Makes the Leaflet map inside a page's frame, with the buttons and the ground. */
import { Map as LeafletMap } from "leaflet";

import { element, icon } from "../dom";
import {
  MAX_ZOOM,
  MIN_ZOOM,
  parseAt,
  parseBBox,
  toLatLng,
  UK,
  type View,
} from "../geo";
import { addBackground } from "./background";
import { readyToPrint } from "./printing";
import { TileStore } from "./tile-store";

export interface Frame {
  map: LeafletMap;
  /** The region around the map: carries data-state and the settings. */
  root: HTMLElement;
  say: (words: string) => void;
  /** Folds the map away, or back: a choice of the reader's. */
  fold: (away: boolean) => void;
}

/** `root` holds `[data-map-canvas]`; its data attributes say where and with what. */
export function makeFrame(root: HTMLElement, at: View | null): Frame {
  const canvas = root.querySelector<HTMLElement>("[data-map-canvas]");
  if (!canvas) throw new Error("A map's frame needs [data-map-canvas].");
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = new LeafletMap(canvas, {
    ...(still && { zoomAnimation: false, fadeAnimation: false, inertia: false }),
    zoomControl: false,
    attributionControl: false,
    minZoom: MIN_ZOOM,
    maxZoom: MAX_ZOOM,
    maxBounds: [
      [UK[1] - 3, UK[0] - 6],
      [UK[3] + 3, UK[2] + 6],
    ],
  });
  showFirst(map, root, at);
  const status = element("p", { class: "vh", role: "status" });
  const credit = element("p", { class: "attr mb0" });
  const foot = root.querySelector("[data-map-foot]");
  root.append(status);
  const bottom = foot ?? root.appendChild(element("div", { class: "map-ui br" }));
  bottom.append(credit);
  // Its own line: the one above follows the ground, which may change.
  const places = root.dataset.placesCredit;
  if (places) bottom.append(element("p", { class: "attr mb0" }, `Places: ${places}`));
  addBackground(map, {
    tileUrl: root.dataset.tileUrl ?? "",
    attribution: root.dataset.tileAttribution ?? "",
    store: new TileStore(),
    credit,
  });
  const say = (words: string) => {
    status.textContent = words;
  };
  root.append(buttons(map, say));
  // A link in focus that lies partly outside would scroll the map out of its frame.
  canvas.addEventListener("scroll", () => {
    canvas.scrollTo(0, 0);
  });
  const fold = (away: boolean) => {
    root.hidden = away;
    if (!away) map.invalidateSize({ animate: false });
  };
  const frame = { map, root, say, fold };
  readyToPrint(frame);
  return frame;
}

/** Where the address says, else around what was found, else where the page says. */
function showFirst(map: LeafletMap, root: HTMLElement, at: View | null): void {
  const found = parseBBox(root.dataset.fit ?? "");
  const view = at ?? (found ? null : parseAt(root.dataset.at ?? null));
  if (view) {
    map.setView(toLatLng(view.centre), view.zoom);
    return;
  }
  const [west, south, east, north] = found ?? UK;
  map.fitBounds([toLatLng([west, south]), toLatLng([east, north])], { maxZoom: 16 });
}

function buttons(map: LeafletMap, say: (words: string) => void): HTMLElement {
  return element(
    "div",
    { class: "map-ui tr" },
    button("plus", "Zoom in", () => map.zoomIn()),
    button("minus", "Zoom out", () => map.zoomOut()),
    button("locate", "Show where I am", () => {
      goToMe(map, say);
    }),
  );
}

function button(symbol: string, label: string, act: () => void): HTMLElement {
  const node = element("button", {
    type: "button",
    class: "btn quiet icon",
    "aria-label": label,
  });
  node.append(icon(symbol));
  node.addEventListener("click", act);
  return node;
}

const CLOSE = 17;

function goToMe(map: LeafletMap, say: (words: string) => void): void {
  say("Looking for where you are.");
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      map.setView(
        toLatLng([coords.longitude, coords.latitude]),
        Math.max(map.getZoom(), CLOSE),
      );
      say("The map shows where you are.");
    },
    () => {
      say("Your phone did not say where you are. Move the map instead.");
    },
    { enableHighAccuracy: true, timeout: 10_000, maximumAge: 60_000 },
  );
}
