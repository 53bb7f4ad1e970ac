/**
 * The map's ground from our own data: coast and area outlines, and postcodes as dots,
 * which draw the streets. Used where the tile server is switched off or out of reach.
 */
import { GridLayer, type Coords, type DoneCallback } from "leaflet";

import { DRAWN_PX, tileZoom, toPixel } from "../geo";
import { readPoints, readShapes, type TileShape } from "../mvt";
import type { TileStore } from "./tile-store";

const COLOURS = { water: "#cfdfe6", land: "#f1ece2", edge: "#80766a", dot: "#a2978a" };
/** Below this zoom the postcodes of a town would be one grey blot. */
const DOTS_FROM = 11;

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
    context.fillStyle = COLOURS.dot;
    const data = await this.store.get("postcodes", tile);
    for (const { at, properties } of readPoints(data, "postcodes", tile)) {
      const { x, y } = toPixel(at, coords.z);
      const count = Number(properties.n ?? 1);
      const radius = coords.z >= 15 ? 2 : Math.min(2, 0.8 + count / 12);
      drawDot(context, x - coords.x * DRAWN_PX, y - coords.y * DRAWN_PX, radius);
    }
  }
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
