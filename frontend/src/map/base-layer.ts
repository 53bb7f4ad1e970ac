/**
 * The map's ground from our own data: land, coast and the outlines of areas. Used where
 * the tile server is switched off or out of reach.
 */
import {
  GridLayer,
  type Coords,
  type DoneCallback,
  type Map as LeafletMap,
} from "leaflet";

import { DRAWN_PX, tileZoom, type Pixel } from "../geo";
import { readShapes, type TileShape } from "../mvt";
import { borderLines, type OnCoast } from "./borders";
import { colourOf, onColoursChange } from "./scheme";
import type { TileStore } from "./tile-store";

/** Up to this zoom borders lie so close that they are drawn more faintly. */
const FAR = 7;
const FAR_INK = 0.45;
/** How far from a line its two sides are looked at. */
const ASIDE_PX = 2;

export class BaseLayer extends GridLayer {
  private readonly store: TileStore;

  constructor(store: TileStore) {
    super({ className: "base-layer", updateWhenZooming: false, tileSize: DRAWN_PX });
    this.store = store;
  }

  private stopFollowing: () => void = () => undefined;

  override onAdd(map: LeafletMap): this {
    this.stopFollowing = onColoursChange(() => this.redraw());
    return super.onAdd(map);
  }

  override onRemove(map: LeafletMap): this {
    this.stopFollowing();
    return super.onRemove(map);
  }

  protected override createTile(coords: Coords, done: DoneCallback): HTMLElement {
    const canvas = document.createElement("canvas");
    const scale = window.devicePixelRatio || 1;
    canvas.width = canvas.height = DRAWN_PX * scale;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (!context) return canvas;
    context.scale(scale, scale);
    this.draw(context, coords).then(
      () => {
        done(undefined, canvas);
      },
      (error: unknown) => {
        done(error instanceof Error ? error : new Error(String(error)), canvas);
      },
    );
    return canvas;
  }

  private async draw(context: CanvasRenderingContext2D, coords: Coords): Promise<void> {
    const tile = { z: tileZoom(coords.z), x: coords.x, y: coords.y };
    const shapes = readShapes(await this.store.get("areas", tile), "areas");
    drawLand(context, shapes);
    drawBorders(context, shapes, coords.z <= FAR ? FAR_INK : 1);
    drawSea(context, shapes);
  }
}

function drawLand(context: CanvasRenderingContext2D, shapes: TileShape[]): void {
  context.fillStyle = context.strokeStyle = colourOf("--map-land");
  context.lineJoin = "round";
  for (const shape of shapes) {
    trace(context, shape);
    context.fill("evenodd");
    context.stroke(); // closes the hairline between two neighbours
  }
}

function drawBorders(
  context: CanvasRenderingContext2D,
  shapes: TileShape[],
  ink: number,
): void {
  const onCoast = coastOf(context);
  context.strokeStyle = colourOf("--map-border");
  context.setLineDash([4, 3]);
  context.globalAlpha = ink;
  for (const line of borderLines(shapes, onCoast)) {
    context.beginPath();
    for (const { x, y } of line) context.lineTo(x, y);
    context.stroke();
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** Behind the land, so that of the coast's line only the half at sea shows. */
function drawSea(context: CanvasRenderingContext2D, shapes: TileShape[]): void {
  context.globalCompositeOperation = "destination-over";
  context.strokeStyle = colourOf("--map-coast");
  context.lineWidth = 3;
  for (const shape of shapes) {
    trace(context, shape);
    context.stroke();
  }
  context.fillStyle = colourOf("--map-water");
  context.fillRect(0, 0, DRAWN_PX, DRAWN_PX);
}

/** Looks at the land that has been drawn: what is still empty is water. */
function coastOf(context: CanvasRenderingContext2D): OnCoast {
  const { width, height } = context.canvas;
  const scale = width / DRAWN_PX;
  const pixels = context.getImageData(0, 0, width, height).data;
  const isWater = ({ x, y }: Pixel) => {
    const [column, row] = [Math.round(x * scale), Math.round(y * scale)];
    if (column < 0 || row < 0 || column >= width || row >= height) return false;
    return pixels[4 * (row * width + column) + 3] === 0;
  };
  return (from, to) => {
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    const across = { x: -(to.y - from.y) / length, y: (to.x - from.x) / length };
    const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
    return [ASIDE_PX, -ASIDE_PX].some((aside) =>
      isWater({ x: middle.x + across.x * aside, y: middle.y + across.y * aside }),
    );
  };
}

function trace(context: CanvasRenderingContext2D, { rings }: TileShape): void {
  context.beginPath();
  for (const ring of rings) {
    ring.forEach(({ x, y }, index) => {
      if (index === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    });
    context.closePath();
  }
}
