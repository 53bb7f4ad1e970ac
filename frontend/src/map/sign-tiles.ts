/** What the tiles of a view hold, read once and kept as long as the tile is. */
import type { Map as LeafletMap } from "leaflet";

import {
  fromPixel,
  TILE_PX,
  tilesCovering,
  tileZoom,
  toBBox,
  toPixel,
  type BBox,
  type TileId,
} from "../geo";
import { readPoints, type TilePoint } from "../mvt";
import type { Layer } from "./gather";
import type { TileStore } from "./tile-store";

/** Up to this zoom tiles hold counts: those of a wider tile are fine enough. */
const COUNTS_UP_TO = 13;

const read = new WeakMap<ArrayBuffer, TilePoint[]>();

export type Points = Record<Layer, TilePoint[]>;

export interface Found {
  points: Points;
  /** Whether some of it could not be fetched. */
  missing: boolean;
}

export interface SignView {
  zoom: number;
  tiles: TileId[];
  /** Around what is in view: see `gatheredBox`. */
  box: BBox;
  /** The same for two views that the same signs stand for. */
  key: string;
}

export function viewOf(map: LeafletMap): SignView {
  const zoom = map.getZoom();
  const bounds = toBBox(map.getBounds());
  const tiles = signTiles(bounds, Math.round(zoom));
  const box = gatheredBox(bounds, zoom);
  const names = tiles.map(({ x, y }) => `${String(x)}/${String(y)}`).sort();
  return { zoom, tiles, box, key: [zoom, ...box, ...names].join(" ") };
}

/** The tiles that a view of `zoom` is drawn from: few, since each is a request. */
export function signTiles(box: BBox, zoom: number): TileId[] {
  const wider = zoom <= COUNTS_UP_TO ? 1 : 0;
  return tilesCovering(box, Math.max(0, tileZoom(zoom) - wider));
}

/**
 * What is gathered around a view: a little more than is drawn, by whole steps, so that
 * signs stay what they are while the map is dragged a little.
 */
export function gatheredBox([west, south, east, north]: BBox, zoom: number): BBox {
  const corner = toPixel([west, north], zoom);
  const other = toPixel([east, south], zoom);
  const down = (pixel: number) => (Math.floor(pixel / TILE_PX) - 1) * TILE_PX;
  const up = (pixel: number) => (Math.ceil(pixel / TILE_PX) + 1) * TILE_PX;
  const [left, top] = fromPixel({ x: down(corner.x), y: down(corner.y) }, zoom);
  const [right, bottom] = fromPixel({ x: up(other.x), y: up(other.y) }, zoom);
  return [left, bottom, right, top];
}

export function pointsIn([west, south, east, north]: BBox, points: Points): Points {
  const inside = ({ at: [lon, lat] }: TilePoint) =>
    lon >= west && lon <= east && lat >= south && lat <= north;
  return {
    assets: points.assets.filter(inside),
    homes: points.homes.filter(inside),
  };
}

/** Everything in some tiles; rejects only where `signal` says to stop. */
export async function fetchPoints(
  layers: Layer[],
  tiles: TileId[],
  store: TileStore,
  signal: AbortSignal,
): Promise<Found> {
  const found: Found = { points: { assets: [], homes: [] }, missing: false };
  const wanted = layers.flatMap((layer) => tiles.map((tile) => ({ layer, tile })));
  const outcomes = await Promise.allSettled(
    wanted.map(({ layer, tile }) => store.get(layer, tile, signal)),
  );
  signal.throwIfAborted();
  outcomes.forEach((outcome, index) => {
    const asked = wanted[index];
    if (!asked) return;
    if (outcome.status === "rejected") {
      console.warn("signs", outcome.reason);
      found.missing = true;
      return;
    }
    found.points[asked.layer].push(...pointsOf(outcome.value, asked.layer, asked.tile));
  });
  return found;
}

function pointsOf(data: ArrayBuffer, layer: Layer, tile: TileId): TilePoint[] {
  const known = read.get(data);
  if (known) return known;
  const points = readPoints(data, layer, tile);
  read.set(data, points);
  return points;
}
