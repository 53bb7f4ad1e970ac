import { describe, expect, it } from "vitest";

import {
  atParam,
  bboxParam,
  fromPixel,
  metresBetween,
  parseAt,
  parseBBox,
  tilesCovering,
  tileZoom,
  toLatLng,
  toPixel,
  type LonLat,
} from "../src/geo";

/** Sale town hall, Trafford. */
const SALE: LonLat = [-2.3244, 53.4243];

describe("axes", () => {
  it("turns [lon, lat] into Leaflet's order", () => {
    expect(toLatLng(SALE)).toEqual([53.4243, -2.3244]);
  });

  it("writes a box west, south, east, north with six decimals", () => {
    expect(bboxParam([-2.4, 53.4, -2.3, 53.5])).toBe(
      "-2.400000,53.400000,-2.300000,53.500000",
    );
  });
});

describe("a box in an attribute", () => {
  it("is read back as it was written", () => {
    expect(parseBBox(bboxParam([-2.4, 53.4, -2.3, 53.5]))).toEqual([
      -2.4, 53.4, -2.3, 53.5,
    ]);
  });

  it.each(["", "1,2,3", "a,b,c,d", "2,1,1,2", "1,2,3,4,5"])(
    "is not taken from %j",
    (text) => {
      expect(parseBBox(text)).toBeNull();
    },
  );
});

describe("the address of a view", () => {
  it("is read back as it was written", () => {
    const view = { centre: SALE, zoom: 14 };

    expect(parseAt(atParam(view))).toEqual(view);
  });

  it.each([
    null,
    "",
    "53.4,-2.3",
    "53.4,-2.3,14,1",
    "a,b,c",
    ",,",
    "NaN,0,10",
    "-2.3,53.4,14", // axes swapped: off the Horn of Africa
    "53.4,-2.3,40",
    "48.8,2.3,12", // Paris
  ])("is not taken from %j", (text) => {
    expect(parseAt(text)).toBeNull();
  });
});

describe("tile numbers", () => {
  it("agree with the published one for Sale at zoom 12", () => {
    // https://wiki.openstreetmap.org/wiki/Slippy_map_tilenames, by its formula
    const { x, y } = toPixel(SALE, 12);

    expect([Math.floor(x / 256), Math.floor(y / 256)]).toEqual([2021, 1326]);
  });

  it("go back to the same degrees", () => {
    const [lon, lat] = fromPixel(toPixel(SALE, 18), 18);

    expect(lon).toBeCloseTo(SALE[0], 9);
    expect(lat).toBeCloseTo(SALE[1], 9);
  });

  it("cover a box with the middle tile first", () => {
    const tiles = tilesCovering([-2.5, 53.3, -2.1, 53.5], 11);

    expect(tiles).toHaveLength(12);
    expect(tiles[0]).toEqual({ z: 11, x: 1010, y: 663 });
  });

  it("are those of one zoom less, drawn twice as wide", () => {
    expect([tileZoom(18), tileZoom(5), tileZoom(0)]).toEqual([17, 4, 0]);
  });

  it("stay within the world", () => {
    const tiles = tilesCovering([-200, -89, 200, 89], 1);

    expect(tiles.every(({ x, y }) => x >= 0 && x <= 1 && y >= 0 && y <= 1)).toBe(true);
    expect(tiles).toHaveLength(4);
  });
});

it("measures Sale to Altrincham interchange as 4.4 km", () => {
  const metres = metresBetween(SALE, [-2.3476, 53.3878]);

  expect(metres).toBeGreaterThan(4300);
  expect(metres).toBeLessThan(4400);
});
