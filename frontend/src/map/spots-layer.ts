/** Layers of soft discs: their canvases lie over the tiles' edges, so that none is cut. */
import {
  GridLayer,
  type Coords,
  type DoneCallback,
  type Map as LeafletMap,
} from "leaflet";

import { element } from "../dom";
import { DRAWN_PX, TILE_PX, tileZoom, type Pixel, type TileId } from "../geo";
import { readSpots } from "../mvt";
import { onColoursChange } from "./scheme";
import { MARGIN_PX, type Spot } from "./settlement-shade";
import type { TileStore } from "./tile-store";
import { inTurn } from "./turns";

export type Draw = (context: CanvasRenderingContext2D) => void;

export abstract class SpotsLayer extends GridLayer {
  protected readonly store: TileStore;
  private stopFollowing: () => void = () => undefined;

  constructor(store: TileStore, className: string) {
    super({
      className: `spots ${className}`,
      updateWhenZooming: false,
      tileSize: DRAWN_PX,
    });
    this.store = store;
  }

  override onAdd(map: LeafletMap): this {
    this.stopFollowing = onColoursChange(() => this.redraw());
    return super.onAdd(map);
  }

  override onRemove(map: LeafletMap): this {
    this.stopFollowing();
    return super.onRemove(map);
  }

  /** Works out one tile; what it resolves to draws it, from its top left corner. */
  protected abstract prepare(coords: Coords): Promise<Draw>;

  protected override createTile(coords: Coords, done: DoneCallback): HTMLElement {
    const canvas = document.createElement("canvas");
    const tile = element("div", {}, canvas);
    const sheet = { canvas, tile, margin: MARGIN_PX };
    drawInTurn(sheet, () => this.prepare(coords), done);
    return tile;
  }

  /** The postcodes of a tile, in pixels of a zoom from `corner` of the world. */
  protected async spotsOf(tile: TileId, zoom: number, corner: Pixel): Promise<Spot[]> {
    const data = await this.store.get("postcodes", tile);
    const size = TILE_PX * 2 ** (zoom - tile.z);
    return inTurn(() =>
      readSpots(data, "postcodes").map(({ x, y, count }) => ({
        x: (tile.x + x) * size - corner.x,
        y: (tile.y + y) * size - corner.y,
        count,
      })),
    );
  }

  protected async ownSpots(coords: Coords): Promise<Spot[]> {
    return this.spotsOf(tileOf(coords), coords.z, cornerOf(coords));
  }
}

/** Where a tile is drawn, and how. */
export interface Sheet {
  canvas: HTMLCanvasElement;
  /** What Leaflet knows as the tile: the canvas, or what it stands in. */
  tile: HTMLElement;
  /** How far the canvas lies over the tile's edges. */
  margin: number;
  settings?: CanvasRenderingContext2DSettings;
}

/** Draws a tile when its turn comes; one that the map has let go of stays empty. */
export function drawInTurn(
  sheet: Sheet,
  prepare: () => Promise<Draw>,
  done: DoneCallback,
): void {
  const { tile } = sheet;
  const draw = async () => {
    await inTurn(() => undefined);
    if (!tile.isConnected) return;
    const prepared = await prepare();
    await inTurn(() => {
      if (!tile.isConnected) return;
      const context = contextOf(sheet);
      if (context) prepared(context);
      done(undefined, tile);
    });
  };
  draw().catch((error: unknown) => {
    done(error instanceof Error ? error : new Error(String(error)), tile);
  });
}

function contextOf(sheet: Sheet): CanvasRenderingContext2D | null {
  const { canvas, margin, settings } = sheet;
  const scale = window.devicePixelRatio || 1;
  canvas.width = canvas.height = (DRAWN_PX + 2 * margin) * scale;
  const context = canvas.getContext("2d", settings);
  context?.scale(scale, scale);
  context?.translate(margin, margin);
  return context;
}

export function tileOf({ x, y, z }: Coords): TileId {
  return { z: tileZoom(z), x, y };
}

/** World pixels of a tile's top left corner, at its own zoom. */
export function cornerOf({ x, y }: Coords): Pixel {
  return { x: x * DRAWN_PX, y: y * DRAWN_PX };
}

export function drawDiscs(
  context: CanvasRenderingContext2D,
  spots: Spot[],
  colour: string,
  radius: (count: number) => number,
): void {
  context.fillStyle = colour;
  for (const { x, y, count } of spots) {
    const size = radius(count);
    if (size <= 0) continue;
    context.beginPath();
    context.arc(x, y, size, 0, 2 * Math.PI);
    context.fill();
  }
}
