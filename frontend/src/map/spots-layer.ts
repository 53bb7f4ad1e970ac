/** Layers of soft discs: their canvases lie over the tiles' edges, so that none is cut. */
import {
  GridLayer,
  type Coords,
  type DoneCallback,
  type Map as LeafletMap,
} from "leaflet";

import { element } from "../dom";
import { DRAWN_PX, tileZoom, toPixel, type Pixel, type TileId } from "../geo";
import { readPoints } from "../mvt";
import { onColoursChange } from "./scheme";
import { MARGIN_PX, type Spot } from "./settlement-shade";
import type { TileStore } from "./tile-store";

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

  /** Draws one tile, from its top left corner at 0, 0. */
  protected abstract paint(
    context: CanvasRenderingContext2D,
    coords: Coords,
  ): Promise<void>;

  protected override createTile(coords: Coords, done: DoneCallback): HTMLElement {
    const canvas = document.createElement("canvas");
    const scale = window.devicePixelRatio || 1;
    canvas.width = canvas.height = (DRAWN_PX + 2 * MARGIN_PX) * scale;
    const node = element("div", {});
    node.append(canvas);
    const context = canvas.getContext("2d");
    if (!context) return node;
    context.scale(scale, scale);
    context.translate(MARGIN_PX, MARGIN_PX);
    this.paint(context, coords).then(
      () => {
        done(undefined, node);
      },
      (error: unknown) => {
        done(error instanceof Error ? error : new Error(String(error)), node);
      },
    );
    return node;
  }

  /** The postcodes of a tile, in pixels of a zoom from `corner` of the world. */
  protected async spotsOf(tile: TileId, zoom: number, corner: Pixel): Promise<Spot[]> {
    const data = await this.store.get("postcodes", tile);
    return readPoints(data, "postcodes", tile).map(({ at, properties }) => {
      const { x, y } = toPixel(at, zoom);
      return { x: x - corner.x, y: y - corner.y, count: Number(properties.n ?? 1) };
    });
  }

  protected async ownSpots(coords: Coords): Promise<Spot[]> {
    return this.spotsOf(tileOf(coords), coords.z, cornerOf(coords));
  }
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
