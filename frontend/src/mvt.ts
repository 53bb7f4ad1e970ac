/** Reads our vector tiles into plain features, with points in degrees. */
import { VectorTile, type VectorTileFeature } from "@mapbox/vector-tile";
import Pbf from "pbf";

import { DRAWN_PX, fromPixel, TILE_PX, type LonLat, type TileId } from "./geo";

export type Properties = Record<string, number | string | boolean>;

export interface TilePoint {
  at: LonLat;
  properties: Properties;
}
export interface TileShape {
  /** Rings in pixels of the tile as it is drawn, and a little over its edge. */
  rings: { x: number; y: number }[][];
  properties: Properties;
}

/** The points of one layer of a tile. */
export function readPoints(
  data: ArrayBuffer,
  layer: string,
  tile: TileId,
): TilePoint[] {
  return features(data, layer).flatMap((feature) =>
    feature.loadGeometry().flatMap((part) =>
      part.map((point) => ({
        at: pointAt(point, feature.extent, tile),
        properties: feature.properties,
      })),
    ),
  );
}

/** A point without its words: where in its tile, in parts of the tile's width. */
export interface TileSpot {
  x: number;
  y: number;
  /** How many it stands for. */
  count: number;
}

const spotsRead = new WeakMap<ArrayBuffer, TileSpot[]>();

/**
 * The points of a tile's only layer. Read once for each tile: many neighbours ask, and
 * there are thousands in it.
 */
export function readSpots(data: ArrayBuffer, layer: string): TileSpot[] {
  const known = spotsRead.get(data);
  if (known) return known;
  const spots = features(data, layer).flatMap((feature) => {
    const count = Number(feature.properties.n ?? 1);
    return feature
      .loadGeometry()
      .flat()
      .map(({ x, y }) => ({ x: x / feature.extent, y: y / feature.extent, count }));
  });
  spotsRead.set(data, spots);
  return spots;
}

/** The outlines of one layer of a tile, ready for a canvas of `DRAWN_PX`. */
export function readShapes(data: ArrayBuffer, layer: string): TileShape[] {
  return features(data, layer).map((feature) => ({
    rings: feature.loadGeometry().map((ring) =>
      ring.map(({ x, y }) => ({
        x: (x / feature.extent) * DRAWN_PX,
        y: (y / feature.extent) * DRAWN_PX,
      })),
    ),
    properties: feature.properties,
  }));
}

function features(data: ArrayBuffer, name: string): VectorTileFeature[] {
  if (data.byteLength === 0) return [];
  const layer = new VectorTile(new Pbf(new Uint8Array(data))).layers[name];
  if (!layer) return [];
  return Array.from({ length: layer.length }, (_, index) => layer.feature(index));
}

function pointAt(
  point: { x: number; y: number },
  extent: number,
  tile: TileId,
): LonLat {
  const pixel = {
    x: (tile.x + point.x / extent) * TILE_PX,
    y: (tile.y + point.y / extent) * TILE_PX,
  };
  return fromPixel(pixel, tile.z);
}
