/**
 * Where people live, from postcodes: built-up ground as a soft shade, and each postcode
 * as a dot, which draws the streets.
 */
import type { Coords } from "leaflet";

import { DRAWN_PX, fromPixel, tileZoom, tilesCovering, type BBox } from "../geo";
import { colourOf } from "./scheme";
import {
  groundOf,
  SHADED_UP_TO,
  shadeAt,
  type Shade,
  type Spot,
} from "./settlement-shade";
import { cornerOf, drawDiscs, SpotsLayer, type Draw } from "./spots-layer";
import type { TileStore } from "./tile-store";
import { inTurn } from "./turns";

export class SettlementLayer extends SpotsLayer {
  constructor(store: TileStore) {
    super(store, "settlement");
  }

  protected override async prepare(coords: Coords): Promise<Draw> {
    const shade = shadeAt(coords.z);
    const [spots, around] = await Promise.all([
      this.ownSpots(coords),
      coords.z > SHADED_UP_TO ? this.spotsAround(coords, shade) : null,
    ]);
    // Close by the shade is that of a farther zoom, enlarged: there are too few spots
    // in a tile to tell by them what is built up.
    const larger = around ? 2 ** (coords.z - SHADED_UP_TO) : 1;
    const ground = await inTurn(() =>
      around
        ? groundOf(around, shade, [-Infinity, Infinity])
        : groundOf(spots, shade, [0, DRAWN_PX]),
    );
    return (context) => {
      context.save();
      context.scale(larger, larger);
      for (const { colour, built } of ground) {
        drawDiscs(context, built, colourOf(colour), () => shade.radius);
      }
      context.restore();
      context.globalAlpha = shade.dotInk;
      drawDiscs(context, spots, colourOf("--map-dot"), shade.dot);
      context.globalAlpha = 1;
    };
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
