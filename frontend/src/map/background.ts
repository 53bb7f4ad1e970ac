/**
 * What lies under the signs: the operator's own file or tile server, or our own data
 * where none is set or it cannot be reached. Never a grey box.
 */
import { LayerGroup, TileLayer, type Map as LeafletMap } from "leaflet";

import { element } from "../dom";
import { BaseLayer } from "./base-layer";
import { addScale } from "./map-foot";
import { NamesLayer } from "./names-layer";
import { SeasideLayer } from "./seaside-layer";
import { SettlementLayer } from "./settlement-layer";
import type { TileStore } from "./tile-store";

export interface BackgroundOptions {
  /** With {z}, {x} and {y}; empty switches the tile server off. */
  tileUrl: string;
  attribution: string;
  store: TileStore;
  /** Where it is said whose map this is. */
  credit: HTMLElement;
}

/** How long a tile server may take before our own ground shows. */
const PATIENCE_MS = 1500;
const ABOVE_OWN = 5;

export function addBackground(map: LeafletMap, options: BackgroundOptions): void {
  const { tileUrl, credit } = options;
  addScale(map, credit);
  const own = new LayerGroup([
    new BaseLayer(options.store),
    new SeasideLayer(options.store),
    new SettlementLayer(options.store),
    new NamesLayer(options.store),
  ]);
  const showOwn = (words: string) => {
    if (!map.hasLayer(own)) own.addTo(map);
    credit.replaceChildren(words, " ", sourceLink());
  };
  const offline = () => {
    showOwn("Offline map, our own points.");
  };
  if (!tileUrl) {
    showOwn("Our own points.");
  } else if (tileUrl.endsWith(".pmtiles")) {
    const patience = window.setTimeout(offline, PATIENCE_MS);
    drawArchive(map, own, options)
      .catch((error: unknown) => {
        console.warn("the operator's map", error);
        showOwn("Our own points.");
      })
      .finally(() => {
        window.clearTimeout(patience);
      });
  } else {
    drawPictures(map, own, options, offline);
  }
}

/** The operator's own file; around what it covers, our own ground. */
async function drawArchive(
  map: LeafletMap,
  own: LayerGroup,
  { tileUrl, attribution, credit }: BackgroundOptions,
): Promise<void> {
  const { openOwnMap } = await import("./own-map");
  const { layer, bounds } = await openOwnMap(tileUrl, map);
  const fill = () => {
    if (bounds.contains(map.getBounds())) own.remove();
    else if (!map.hasLayer(own)) own.addTo(map);
  };
  layer.setZIndex(ABOVE_OWN).addTo(map);
  map.on("moveend", fill);
  fill();
  credit.replaceChildren(attributionNode(attribution), " ", sourceLink());
}

function drawPictures(
  map: LeafletMap,
  own: LayerGroup,
  { tileUrl, attribution, credit }: BackgroundOptions,
  showOwn: () => void,
): void {
  const tiles = new TileLayer(tileUrl, {
    className: "pictures",
    maxZoom: map.getMaxZoom(),
    referrerPolicy: "strict-origin", // OpenStreetMap's servers ask who shows their tiles
  });
  const waiting = window.setTimeout(showOwn, PATIENCE_MS);
  const showTiles = () => {
    window.clearTimeout(waiting);
    own.remove();
    credit.replaceChildren(attributionNode(attribution));
  };
  followTiles(tiles, showTiles, () => {
    window.clearTimeout(waiting);
    showOwn();
  });
  tiles.addTo(map);
}

/** The network may go while the map is in use, and come back. */
function followTiles(
  tiles: TileLayer,
  showTiles: () => void,
  showOwn: () => void,
): void {
  let missing = false;
  tiles.once("tileload", showTiles);
  tiles.on("loading", () => {
    missing = false;
  });
  tiles.on("tileerror", () => {
    missing = true;
    showOwn();
  });
  tiles.on("load", () => {
    if (!missing) showTiles();
  });
}

function sourceLink(): HTMLElement {
  return element("a", { href: "/sources/" }, "Whose data");
}

function attributionNode(words: string): Node {
  if (!words.includes("OpenStreetMap")) return document.createTextNode(words);
  return element("a", { href: "https://www.openstreetmap.org/copyright" }, words);
}
