/**
 * The map's ground from our own data: coast and area outlines, and postcodes as dots,
 * which draw the streets. Used where the tile server is switched off or out of reach.
 */
import { GridLayer, type Coords, type DoneCallback } from "leaflet";

import { DRAWN_PX, tileZoom, toPixel, type Pixel } from "../geo";
import { readPoints, readShapes, type TileShape } from "../mvt";
import { fittingLabels } from "./labels";
import type { TileStore } from "./tile-store";

const COLOURS = {
  water: "#cfdfe6",
  land: "#f1ece2",
  edge: "#80766a",
  dot: "#a2978a",
  code: "#544e47",
};
/** Below this zoom the postcodes of a town would be one grey blot; tiles have none. */
const DOTS_FROM = 12;
const CODES_FROM = 16;
/** Width of the longest, "WA15 7XX", and a little. */
const CODE_PX = 76;
const CODE_FONT = '14px "Atkinson Hyperlegible", Verdana, sans-serif';

export class BaseLayer extends GridLayer {
  private readonly store: TileStore;

  constructor(store: TileStore) {
    super({ className: "base-layer", updateWhenZooming: false, tileSize: DRAWN_PX });
    this.store = store;
  }

  protected override createTile(coords: Coords, done: DoneCallback): HTMLElement {
    const canvas = document.createElement("canvas");
    const scale = window.devicePixelRatio || 1;
    canvas.width = canvas.height = DRAWN_PX * scale;
    const context = canvas.getContext("2d");
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
    context.fillStyle = COLOURS.water;
    context.fillRect(0, 0, DRAWN_PX, DRAWN_PX);
    drawAreas(context, readShapes(await this.store.get("areas", tile), "areas"));
    if (coords.z < DOTS_FROM) return;
    const data = await this.store.get("postcodes", tile);
    const dots = readPoints(data, "postcodes", tile).map(({ at, properties }) => {
      const { x, y } = toPixel(at, coords.z);
      return {
        x: x - coords.x * DRAWN_PX,
        y: y - coords.y * DRAWN_PX,
        count: Number(properties.n ?? 1),
        code: String(properties.code ?? ""),
      };
    });
    context.fillStyle = COLOURS.dot;
    for (const { x, y, count } of dots) {
      drawDot(context, x, y, coords.z >= 15 ? 2 : Math.min(2, 0.8 + count / 12));
    }
    if (coords.z >= CODES_FROM) drawCodes(context, dots);
  }
}

/** Postcodes in writing, as many as fit: near enough to a door to find it by. */
function drawCodes(
  context: CanvasRenderingContext2D,
  dots: { x: number; y: number; code: string }[],
): void {
  context.font = CODE_FONT;
  context.textAlign = "center";
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = COLOURS.land;
  context.fillStyle = COLOURS.code;
  // One that ran over the edge of its tile would be cut off there.
  const inside = ({ x, y }: Pixel) =>
    x > CODE_PX / 2 && x < DRAWN_PX - CODE_PX / 2 && y > 20 && y < DRAWN_PX;
  const labels = dots
    .filter((spot) => spot.code && inside(spot))
    .map(({ x, y, code }) => ({ x, y: y - 6, text: spaced(code), population: 0 }));
  for (const { x, y, text } of fittingLabels(labels)) {
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  }
}

/** "M332DH" as people write it: "M33 2DH". */
function spaced(code: string): string {
  return `${code.slice(0, -3)} ${code.slice(-3)}`;
}

function drawAreas(context: CanvasRenderingContext2D, shapes: TileShape[]): void {
  context.fillStyle = context.strokeStyle = COLOURS.land;
  context.lineJoin = "round";
  for (const shape of shapes) {
    trace(context, shape);
    context.fill("evenodd");
    context.stroke(); // closes the hairline between two neighbours
  }
  context.strokeStyle = COLOURS.edge;
  context.setLineDash([4, 3]);
  for (const shape of shapes) {
    trace(context, shape);
    context.stroke();
  }
  context.setLineDash([]);
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

function drawDot(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  radius: number,
): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}
