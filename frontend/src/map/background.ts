/**
 * What lies under the signs: the tile server that the operator has set, or our own
 * data where none is set or it cannot be reached. Never a grey box.
 */
import { LayerGroup, TileLayer, type Map as LeafletMap } from "leaflet";

import { element } from "../dom";
import { BaseLayer } from "./base-layer";
import { NamesLayer } from "./names-layer";
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

export function addBackground(map: LeafletMap, options: BackgroundOptions): void {
  const { tileUrl, attribution, credit } = options;
  const own = new LayerGroup([
    new BaseLayer(options.store),
    new SettlementLayer(options.store),
    new NamesLayer(options.store),
  ]);
  const showOwn = (words: string) => {
    if (!map.hasLayer(own)) own.addTo(map);
    credit.replaceChildren(words, " ", sourceLink());
  };
  if (!tileUrl) {
    showOwn("Our own points.");
    return;
  }
  const tiles = new TileLayer(tileUrl, {
    maxZoom: map.getMaxZoom(),
    referrerPolicy: "strict-origin", // OpenStreetMap's servers ask who shows their tiles
  });
  const waiting = window.setTimeout(() => {
    showOwn("Offline map, our own points.");
  }, PATIENCE_MS);
  const showTiles = () => {
    window.clearTimeout(waiting);
    own.remove();
    credit.replaceChildren(attributionNode(attribution));
  };
  followTiles(tiles, showTiles, () => {
    window.clearTimeout(waiting);
    showOwn("Offline map, our own points.");
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
