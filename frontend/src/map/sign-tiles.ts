/** What the tiles of a view hold, read once and kept as long as the tile is. */
import { tilesCovering, tileZoom, type BBox, type TileId } from "../geo";
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

/** The tiles that a view of `zoom` is drawn from: few, since each is a request. */
export function signTiles(box: BBox, zoom: number): TileId[] {
  const wider = zoom <= COUNTS_UP_TO ? 1 : 0;
  return tilesCovering(box, Math.max(0, tileZoom(zoom) - wider));
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
