/**
 * Coordinates. Ours are [lon, lat] in degrees; Leaflet says (lat, lng). This module is
 * the only place where one becomes the other, and where tile numbers are worked out.
 */
import type { LatLng, LatLngBounds } from "leaflet";

export type LonLat = [lon: number, lat: number];
export type BBox = [west: number, south: number, east: number, north: number];
export interface View {
  centre: LonLat;
  zoom: number;
}
export interface TileId {
  z: number;
  x: number;
  y: number;
}
export interface Pixel {
  x: number;
  y: number;
}

export const TILE_PX = 256;
export const MIN_ZOOM = 5;
export const MAX_ZOOM = 18;
/** Leaflet's own frame of the country: islands included. */
export const UK: BBox = [-9.5, 49, 3, 61.5];

export function toLatLng([lon, lat]: LonLat): [number, number] {
  return [lat, lon];
}

export function fromLatLng({ lat, lng }: LatLng): LonLat {
  return [lng, lat];
}

export function toBBox(bounds: LatLngBounds): BBox {
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
}

/** Six decimals are a tenth of a metre; more would only be noise in an address. */
export function bboxParam(box: BBox): string {
  return box.map((degrees) => degrees.toFixed(6)).join(",");
}

/** Undoes `bboxParam`; null for anything that is not a box. */
export function parseBBox(text: string): BBox | null {
  const parts = text.split(",").filter((part) => part.trim() !== "");
  const [west, south, east, north] = parts.map(Number) as BBox;
  if (parts.length !== 4 || !(west <= east && south <= north)) return null;
  return [west, south, east, north];
}

/** "53.42410,-2.32020,14": latitude first, as people and other maps write it. */
export function atParam({ centre: [lon, lat], zoom }: View): string {
  return `${lat.toFixed(5)},${lon.toFixed(5)},${String(zoom)}`;
}

/** Undoes `atParam`; null for anything that is not a place the map can show. */
export function parseAt(text: string | null): View | null {
  const parts = (text ?? "").split(",");
  if (parts.length !== 3 || parts.some((part) => part.trim() === "")) return null;
  const [lat, lon, zoom] = parts.map(Number) as [number, number, number];
  if (![lat, lon, zoom].every(Number.isFinite)) return null;
  const [west, south, east, north] = UK;
  if (lon < west || lon > east || lat < south || lat > north) return null;
  if (zoom < MIN_ZOOM || zoom > MAX_ZOOM) return null;
  return { centre: [lon, lat], zoom: Math.round(zoom) };
}

/** World pixels of a point at a zoom, in web mercator: 256 to a tile. */
export function toPixel([lon, lat]: LonLat, zoom: number): Pixel {
  const size = TILE_PX * 2 ** zoom;
  const sine = Math.sin((lat * Math.PI) / 180);
  return {
    x: ((lon + 180) / 360) * size,
    y: (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * size,
  };
}

/** Undoes `toPixel`. */
export function fromPixel({ x, y }: Pixel, zoom: number): LonLat {
  const size = TILE_PX * 2 ** zoom;
  const angle = Math.PI * (1 - (2 * y) / size);
  return [(x / size) * 360 - 180, (Math.atan(Math.sinh(angle)) * 180) / Math.PI];
}

/** Tiles are drawn twice as wide as they are named: a quarter of the requests. */
export const DRAWN_PX = 2 * TILE_PX;

/** The zoom whose tiles fill a view of `zoom` at `DRAWN_PX` each. */
export function tileZoom(zoom: number): number {
  return Math.max(0, Math.round(zoom) - 1);
}

/** The tiles of a zoom that a box touches, nearest the middle first. */
export function tilesCovering(
  [west, south, east, north]: BBox,
  zoom: number,
): TileId[] {
  const last = 2 ** zoom - 1;
  const number = (pixel: number) =>
    Math.min(last, Math.max(0, Math.floor(pixel / TILE_PX)));
  const topLeft = toPixel([west, north], zoom);
  const bottomRight = toPixel([east, south], zoom);
  const tiles: TileId[] = [];
  for (let y = number(topLeft.y); y <= number(bottomRight.y); y += 1) {
    for (let x = number(topLeft.x); x <= number(bottomRight.x); x += 1) {
      tiles.push({ z: zoom, x, y });
    }
  }
  const middle = {
    x: (topLeft.x + bottomRight.x) / 2 / TILE_PX - 0.5,
    y: (topLeft.y + bottomRight.y) / 2 / TILE_PX - 0.5,
  };
  const far = (tile: TileId) => Math.hypot(tile.x - middle.x, tile.y - middle.y);
  return tiles.sort((a, b) => far(a) - far(b));
}

/** Metres between two points, by the haversine: good to half a percent. */
export function metresBetween([lonA, latA]: LonLat, [lonB, latB]: LonLat): number {
  const rad = Math.PI / 180;
  const half = (degrees: number) => Math.sin((degrees * rad) / 2) ** 2;
  const h =
    half(latB - latA) + Math.cos(latA * rad) * Math.cos(latB * rad) * half(lonB - lonA);
  return 2 * 6_371_009 * Math.asin(Math.sqrt(h));
}
