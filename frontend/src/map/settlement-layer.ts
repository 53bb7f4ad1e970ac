/**
 * Where people live, from postcodes: built-up ground as a soft shade, and each postcode
 * as a dot, which draws the streets.
 */
import type { Coords } from "leaflet";

import { DRAWN_PX, fromPixel, tileZoom, tilesCovering, type BBox } from "../geo";
import { colourOf } from "./scheme";
import {
  crowded,
  SHADED_UP_TO,
  shadeAt,
  type Shade,
  type Spot,
} from "./settlement-shade";
import { cornerOf, drawDiscs, SpotsLayer } from "./spots-layer";
import type { TileStore } from "./tile-store";

export class SettlementLayer extends SpotsLayer {
  constructor(store: TileStore) {
    super(store, "settlement");
  }

  protected override async paint(
    context: CanvasRenderingContext2D,
    coords: Coords,
  ): Promise<void> {
    const shade = shadeAt(coords.z);
    const [spots, around] = await Promise.all([
      this.ownSpots(coords),
      coords.z > SHADED_UP_TO ? this.spotsAround(coords, shade) : null,
    ]);
    if (around) {
      // Close by the shade is that of a farther zoom, enlarged: there are too few spots
      // in a tile to tell by them what is built up.
      const larger = 2 ** (coords.z - SHADED_UP_TO);
      context.save();
      context.scale(larger, larger);
      drawShade(context, around, shade, [-Infinity, Infinity]);
      context.restore();
    } else {
      drawShade(context, spots, shade, [0, DRAWN_PX]);
    }
    context.globalAlpha = shade.dotInk;
    drawDiscs(context, spots, colourOf("--map-dot"), shade.dot);
    context.globalAlpha = 1;
  }

  /** Postcodes of a tile and as far around as their shade reaches, at `SHADED_UP_TO`. */
  private async spotsAround(coords: Coords, { reach }: Shade): Promise<Spot[]> {
    const smaller = 2 ** (SHADED_UP_TO - coords.z);
    const corner = cornerOf(coords);
    const [left, top] = [corner.x * smaller, corner.y * smaller];
    const size = DRAWN_PX * smaller;
    const at = (x: number, y: number) => fromPixel({ x, y }, SHADED_UP_TO);
    const [west, north] = at(left - 2 * reach, top - 2 * reach);
    const [east, south] = at(left + size + 2 * reach, top + size + 2 * reach);
    const box: BBox = [west, south, east, north];
    const tiles = tilesCovering(box, tileZoom(SHADED_UP_TO));
    const found = await Promise.all(
      tiles.map((tile) => this.spotsOf(tile, SHADED_UP_TO, { x: left, y: top })),
    );
    return found.flat();
  }
}

function drawShade(
  context: CanvasRenderingContext2D,
  spots: Spot[],
  shade: Shade,
  edge: [number, number],
): void {
  const { reach, radius, builtFrom, denseFrom } = shade;
  const size = () => radius;
  const built = crowded(spots, reach, builtFrom, edge);
  drawDiscs(context, built, colourOf(shade.built), size);
  drawDiscs(
    context,
    crowded(spots, reach, denseFrom, edge),
    colourOf(shade.dense),
    size,
  );
}
