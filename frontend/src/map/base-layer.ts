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

import { DRAWN_PX, fromPixel, tileZoom, toPixel, type BBox, type Pixel } from "../geo";
import { readShapes, type TileShape } from "../mvt";
import { borderLines, type OnCoast } from "./borders";
import { coastLines, isRough, outside, roughInk, softness } from "./coast";
import { neighbours, touching, type Coast } from "./neighbours";
import { colourOf, onColoursChange } from "./scheme";
import { drawInTurn, type Draw } from "./spots-layer";
import type { TileStore } from "./tile-store";
import { inTurn } from "./turns";

/** Up to this zoom borders lie so close that they are drawn more faintly. */
const FAR = 7;
const FAR_INK = 0.45;
/** How far from a line its two sides are looked at. */
const ASIDE_PX = 2;
const COAST_PX = 3;
/** A soft coast is a few strips over each other, from each side. */
const STRIPS = [0.15, 0.3, 0.45, 0.6, 0.8, 1];
const STRIP_INK = 0.16;

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
    const settings = { willReadFrequently: true }; // by coastOf
    const sheet = { canvas, tile: canvas, margin: 0, settings };
    drawInTurn(sheet, () => this.prepare(coords), done);
    return canvas;
  }

  private async prepare(coords: Coords): Promise<Draw> {
    const tile = { z: tileZoom(coords.z), x: coords.x, y: coords.y };
    const [data, around] = await Promise.all([
      this.store.get("areas", tile),
      neighbours().catch((): Coast[] => []), // without them there is more sea
    ]);
    const shapes = await inTurn(() => readShapes(data, "areas"));
    const beyond = await inTurn(() =>
      touching(around, boxOf(coords)).map(({ ring }) => ({
        rings: [ring.map((point) => inTile(toPixel(point, coords.z), coords))],
        properties: {},
      })),
    );
    return (context) => {
      drawGround(context, coords, shapes, beyond);
    };
  }
}

function drawGround(
  context: CanvasRenderingContext2D,
  coords: Coords,
  shapes: TileShape[],
  beyond: TileShape[],
): void {
  context.lineJoin = context.lineCap = "round";
  drawLand(context, beyond, colourOf("--map-beyond"));
  drawLand(context, shapes, colourOf("--map-land"));
  const onCoast = coastOf(context, [...shapes, ...beyond]);
  const [rough, exact] = [true, false].map((is) =>
    shapes.filter((shape) => isRough(shape) === is),
  ) as [TileShape[], TileShape[]];
  const ink = coords.z <= FAR ? FAR_INK : 1;
  drawBorders(context, rough, onCoast, ink * roughInk(coords.z));
  drawBorders(context, exact, onCoast, ink);
  const soft = softness(coords.z);
  const lines = soft > 0 ? coastLines(rough, onCoast) : [];
  softenLand(context, lines, soft);
  drawSea(context, [...exact, ...beyond, ...(soft > 0 ? [] : rough)]);
  softenSea(context, lines, soft);
}

function inTile({ x, y }: Pixel, coords: Coords): Pixel {
  return { x: x - coords.x * DRAWN_PX, y: y - coords.y * DRAWN_PX };
}

function boxOf({ x, y, z }: Coords): BBox {
  const at = (column: number, row: number) =>
    fromPixel({ x: column * DRAWN_PX, y: row * DRAWN_PX }, z);
  const [[west, north], [east, south]] = [at(x, y), at(x + 1, y + 1)];
  return [west, south, east, north];
}

function drawLand(
  context: CanvasRenderingContext2D,
  shapes: TileShape[],
  colour: string,
): void {
  context.fillStyle = context.strokeStyle = colour;
  for (const shape of shapes) {
    trace(context, shape.rings);
    context.fill("evenodd");
    context.stroke(); // closes the hairline between two neighbours
  }
}

function drawBorders(
  context: CanvasRenderingContext2D,
  shapes: TileShape[],
  onCoast: OnCoast,
  ink: number,
): void {
  if (ink === 0) return;
  context.save();
  context.lineCap = "butt";
  context.strokeStyle = colourOf("--map-border");
  context.setLineDash([4, 3]);
  context.globalAlpha = ink;
  for (const line of borderLines(shapes, onCoast)) {
    trace(context, [line], false);
    context.stroke();
  }
  context.restore();
}

/** Behind the land, so that of the coast's line only the half at sea shows. */
function drawSea(context: CanvasRenderingContext2D, shapes: TileShape[]): void {
  context.globalCompositeOperation = "destination-over";
  context.strokeStyle = colourOf("--map-coast");
  context.lineWidth = COAST_PX;
  for (const { rings } of shapes) {
    trace(context, rings);
    context.stroke();
  }
  context.fillStyle = colourOf("--map-water");
  context.fillRect(0, 0, DRAWN_PX, DRAWN_PX);
  context.globalCompositeOperation = "source-over";
}

/** Takes some of the land away along a coast that is not known well. */
function softenLand(
  context: CanvasRenderingContext2D,
  lines: Pixel[][],
  soft: number,
): void {
  context.save();
  context.globalCompositeOperation = "source-atop";
  strips(context, lines, soft, colourOf("--map-water"));
  context.restore();
}

function softenSea(
  context: CanvasRenderingContext2D,
  lines: Pixel[][],
  soft: number,
): void {
  context.save();
  strips(context, lines, soft, colourOf("--map-land"));
  context.restore();
}

function strips(
  context: CanvasRenderingContext2D,
  lines: Pixel[][],
  soft: number,
  colour: string,
): void {
  context.strokeStyle = colour;
  context.globalAlpha = STRIP_INK;
  trace(context, lines, false);
  for (const share of STRIPS) {
    context.lineWidth = 2 * soft * share;
    context.stroke();
  }
}

/** Looks at the land that has been drawn: what is still empty is water. */
function coastOf(context: CanvasRenderingContext2D, land: TileShape[]): OnCoast {
  const { width, height } = context.canvas;
  const scale = width / DRAWN_PX;
  const pixels = context.getImageData(0, 0, width, height).data;
  const isWater = ({ x, y }: Pixel) => {
    const [column, row] = [Math.round(x * scale), Math.round(y * scale)];
    if (column < 0 || row < 0 || column >= width || row >= height) {
      return outside([{ x, y }], land).length > 0;
    }
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

function trace(
  context: CanvasRenderingContext2D,
  lines: Pixel[][],
  closed = true,
): void {
  context.beginPath();
  for (const line of lines) {
    line.forEach(({ x, y }, index) => {
      if (index === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    });
    if (closed) context.closePath();
  }
}
