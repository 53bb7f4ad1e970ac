/**
 * What is said at a map's foot beside whose it is: its scale and, where it shows no name,
 * what is nearest. For the eye: a screen reader has the list.
 */
import { type Map as LeafletMap } from "leaflet";

import { element } from "../dom";
import { fromLatLng, tilesCovering, type LonLat } from "../geo";
import { readPoints } from "../mvt";
import { scaleBars, type ScaleBar } from "./scale";
import type { TileStore } from "./tile-store";
import { nearestWords, type Named } from "./whereabouts";

const MOST_PX = 90;
/** Zooms of tiles to look for a name in: each holds more country, and larger towns. */
const LOOKED_THROUGH = [11, 9, 7];

/** Puts the scale before what says whose map it is, and keeps it right. */
export function addScale(map: LeafletMap, credit: HTMLElement): void {
  const box = element("p", { class: "attr scale mb0", "aria-hidden": "true" });
  credit.before(box);
  const show = () => {
    box.replaceChildren(...scaleBars(metresPerPixel(map), MOST_PX).flatMap(toElements));
  };
  map.on("zoomend moveend resize", show);
  show();
}

function metresPerPixel(map: LeafletMap): number {
  const { x, y } = map.getSize();
  const [left, right] = [0, MOST_PX].map((px) =>
    map.containerPointToLatLng([x / 2 - MOST_PX / 2 + px, y / 2]),
  );
  return left && right ? map.distance(left, right) / MOST_PX : 1;
}

function toElements({ width, words }: ScaleBar): HTMLElement[] {
  const bar = element("span", { class: "scale-bar" });
  bar.style.width = `${String(width)}px`; // set by script: no style stands in the page
  return [bar, element("span", {}, words)];
}

/** The words for a view without a name, from the tiles around its middle. */
export async function whereabouts(
  store: TileStore,
  map: LeafletMap,
  signal: AbortSignal,
): Promise<string | null> {
  const middle = fromLatLng(map.getCenter());
  for (const zoom of LOOKED_THROUGH.filter((each) => each < map.getZoom())) {
    const names = await namesAround(store, middle, zoom, signal);
    const words = nearestWords(middle, names);
    if (words) return words;
  }
  return null;
}

async function namesAround(
  store: TileStore,
  middle: LonLat,
  zoom: number,
  signal: AbortSignal,
): Promise<Named[]> {
  const tiles = tilesCovering([...middle, ...middle], zoom);
  const found = await Promise.all(
    tiles.map(async (tile) =>
      readPoints(await store.get("areas", tile, signal), "places", tile),
    ),
  );
  return found.flat().map(({ at, properties }) => ({
    name: String(properties.name),
    at,
  }));
}
