/**
 * Where people live, from postcodes: built-up ground as a soft shade, and each postcode
 * as a dot, which draws the streets.
 */
import {
  GridLayer,
  type Coords,
  type DoneCallback,
  type Map as LeafletMap,
} from "leaflet";

import { element } from "../dom";
import { DRAWN_PX, tileZoom, toPixel } from "../geo";
import { readPoints } from "../mvt";
import { crowded, MARGIN_PX, shadeAt, type Shade, type Spot } from "./settlement-shade";
import { colourOf, onColoursChange } from "./scheme";
import type { TileStore } from "./tile-store";

export class SettlementLayer extends GridLayer {
  private readonly store: TileStore;

  constructor(store: TileStore) {
    super({ className: "settlement", updateWhenZooming: false, tileSize: DRAWN_PX });
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
    canvas.width = canvas.height = (DRAWN_PX + 2 * MARGIN_PX) * scale;
    const node = element("div", {});
    node.append(canvas);
    const context = canvas.getContext("2d");
    if (!context) return node;
    context.scale(scale, scale);
    context.translate(MARGIN_PX, MARGIN_PX);
    this.spots(coords).then(
      (spots) => {
        drawSpots(context, spots, shadeAt(coords.z));
        done(undefined, node);
      },
      (error: unknown) => {
        done(error instanceof Error ? error : new Error(String(error)), node);
      },
    );
    return node;
  }

  private async spots(coords: Coords): Promise<Spot[]> {
    const tile = { z: tileZoom(coords.z), x: coords.x, y: coords.y };
    const data = await this.store.get("postcodes", tile);
    return readPoints(data, "postcodes", tile).map(({ at, properties }) => {
      const { x, y } = toPixel(at, coords.z);
      const count = Number(properties.n ?? 1);
      return { x: x - coords.x * DRAWN_PX, y: y - coords.y * DRAWN_PX, count };
    });
  }
}

function drawSpots(
  context: CanvasRenderingContext2D,
  spots: Spot[],
  shade: Shade,
): void {
  const discs = (some: Spot[], colour: string, radius: (count: number) => number) => {
    context.fillStyle = colour;
    for (const { x, y, count } of some) drawDisc(context, x, y, radius(count));
  };
  const { reach, radius } = shade;
  discs(crowded(spots, reach, shade.builtFrom), colourOf(shade.built), () => radius);
  discs(crowded(spots, reach, shade.denseFrom), colourOf("--map-dense"), () => radius);
  discs(spots, colourOf("--map-dot"), shade.dot);
}

function drawDisc(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  radius: number,
): void {
  if (radius <= 0) return;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}
