import { describe, expect, it } from "vitest";

import { fromPixel, toPixel, type LonLat } from "../src/geo";
import { EACH_BY_ITSELF, gatherSigns as gatherBoth } from "../src/map/gather";
import type { TilePoint } from "../src/mvt";

const SALE: LonLat = [-2.3244, 53.4243];

/** A point so many pixels from Sale at a zoom. */
function near(
  zoom: number,
  dx: number,
  dy: number,
  properties: TilePoint["properties"],
) {
  const { x, y } = toPixel(SALE, zoom);
  return { at: fromPixel({ x: x + dx, y: y + dy }, zoom), properties };
}
const place = (id: number) => ({
  id,
  name: `Place ${String(id)}`,
  c: "faith",
  s: "due",
});

const gatherSigns = (assets: TilePoint[], zoom: number) =>
  gatherBoth({ assets, homes: [] }, zoom);

describe("gathering signs", () => {
  it("leaves a place by itself with its name", () => {
    const [sign] = gatherSigns([near(14, 0, 0, place(1))], 14);

    expect(sign?.place).toEqual({
      id: 1,
      name: "Place 1",
      category: "faith",
      checkState: "due",
    });
    expect(sign?.count).toBe(1);
  });

  it("puts neighbours that would cover each other into one", () => {
    const signs = gatherSigns(
      [near(14, 0, 0, place(1)), near(14, 30, 10, place(2))],
      14,
    );

    expect(signs).toHaveLength(1);
    expect(signs[0]?.count).toBe(2);
    expect(signs[0]?.place).toBeNull();
  });

  it("keeps what stands clear apart", () => {
    const signs = gatherSigns(
      [near(14, 0, 0, place(1)), near(14, 90, 0, place(2))],
      14,
    );

    expect(signs.map((sign) => sign.place?.id)).toEqual([1, 2]);
  });

  it("never loses a place, however it gathers", () => {
    const cells = Array.from({ length: 200 }, (_, index) =>
      near(9, (index * 37) % 400, (index * 91) % 300, { n: (index % 7) + 1 }),
    );
    const all = cells.reduce((sum, cell) => sum + Number(cell.properties.n), 0);

    const signs = gatherSigns(cells, 9);

    expect(signs.reduce((sum, sign) => sum + sign.count, 0)).toBe(all);
    expect(signs.length).toBeLessThan(60);
  });

  it("gives the same signs whatever order the tiles come in", () => {
    const cells = Array.from({ length: 50 }, (_, index) =>
      near(9, (index * 53) % 300, (index * 29) % 200, { n: (index % 5) + 1 }),
    );

    expect(gatherSigns([...cells].reverse(), 9)).toEqual(gatherSigns(cells, 9));
  });

  it("lets every place stand by itself when close, also in one building", () => {
    const zoom = EACH_BY_ITSELF;
    const together = [1, 2, 3].map((id) => near(zoom, 0, 0, place(id)));

    const signs = gatherSigns(together, zoom);

    expect(signs.map((sign) => sign.place?.id)).toEqual([1, 2, 3]);
    const spots = signs.map((sign) => toPixel(sign.at, zoom));
    const [a, b] = spots;
    expect(
      Math.hypot((a?.x ?? 0) - (b?.x ?? 0), (a?.y ?? 0) - (b?.y ?? 0)),
    ).toBeGreaterThan(44);
  });

  it("counts homes and places apart, and keeps their signs from covering each other", () => {
    const places = [near(8, 0, 0, { n: 20 })];
    const homes = [near(8, 1, 1, { n: 4 })];

    const signs = gatherBoth({ assets: places, homes }, 8);

    expect(signs.map(({ layer, count }) => [layer, count])).toEqual([
      ["homes", 4],
      ["assets", 20],
    ]);
    const [a, b] = signs.map((sign) => toPixel(sign.at, 8).y);
    expect(Math.abs((a ?? 0) - (b ?? 0))).toBeGreaterThanOrEqual(46);
  });

  it("shows the place that the page is about by itself, whatever is near", () => {
    const points = [
      near(14, 0, 0, place(1)),
      near(14, 3, 3, place(2)),
      near(14, 5, 0, place(3)),
    ];

    const signs = gatherBoth({ assets: points, homes: [] }, 14, "assets 2");

    expect(signs.map(({ count, place }) => [count, place?.id])).toEqual([
      [2, undefined],
      [1, 2],
    ]);
  });

  it("never moves a single place from its spot", () => {
    const signs = gatherBoth(
      { assets: [near(14, 0, 0, place(1))], homes: [near(14, 2, 0, { n: 3 })] },
      14,
    );

    const kept = signs.find((sign) => sign.place);
    expect(kept?.at[0]).toBeCloseTo(SALE[0], 9);
    expect(kept?.at[1]).toBeCloseTo(SALE[1], 9);
  });

  it("leaves enough of a home's ring to press beside a place's", () => {
    const signs = gatherBoth(
      { assets: [near(17, 0, 0, place(1))], homes: [near(17, 5, 0, place(2))] },
      17,
      "assets 1",
    );

    const [a, b] = signs.map((sign) => toPixel(sign.at, 17));
    expect(
      Math.hypot((a?.x ?? 0) - (b?.x ?? 0), (a?.y ?? 0) - (b?.y ?? 0)),
    ).toBeGreaterThan(29);
  });

  it("clears a column of homes and places without pushing one onto the next", () => {
    const column = (dx: number, offset: number) =>
      [0, 50, 100, 150].map((dy) => near(10, dx, dy + offset, { n: 9 }));

    const signs = gatherBoth({ assets: column(0, 0), homes: column(20, 10) }, 10);

    const spots = signs.map((sign) => toPixel(sign.at, 10));
    const covering = spots.flatMap((a, index) =>
      spots
        .slice(index + 1)
        .filter((b) => Math.abs(a.x - b.x) < 111 && Math.abs(a.y - b.y) < 45),
    );
    expect(signs).toHaveLength(8);
    expect(covering).toEqual([]);
  });

  it("leaves no two signs of one kind touching", () => {
    const cells = Array.from({ length: 300 }, (_, index) =>
      near(9, (index * 61) % 500, (index * 83) % 400, { n: (index % 4) + 1 }),
    );

    const spots = gatherSigns(cells, 9).map((sign) => toPixel(sign.at, 9));

    const touching = spots.flatMap((a, index) =>
      spots
        .slice(index + 1)
        .filter((b) => Math.abs(a.x - b.x) < 110 && Math.abs(a.y - b.y) < 44),
    );
    expect(touching).toEqual([]);
  });
});
