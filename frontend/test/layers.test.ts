import { describe, expect, it } from "vitest";

import { metresBetween, type LonLat } from "../src/geo";
import { curve } from "../src/layers/curve";
import { readJson } from "../src/layers/page-json";

const HOME: LonLat = [-2.322, 53.424];
const CHOIR: LonLat = [-2.31, 53.43];

describe("a tie's line", () => {
  it("goes from the home to the place", () => {
    const line = curve(HOME, CHOIR);

    expect(line[0]).toEqual(HOME);
    expect(line.at(-1)?.[0]).toBeCloseTo(CHOIR[0], 12);
    expect(line.at(-1)?.[1]).toBeCloseTo(CHOIR[1], 12);
  });

  it("bends gently, as much whichever way it goes", () => {
    const straight: LonLat = [(HOME[0] + CHOIR[0]) / 2, (HOME[1] + CHOIR[1]) / 2];
    const middle = (line: LonLat[]) => line[(line.length - 1) / 2] ?? HOME;
    const bow = metresBetween(middle(curve(HOME, CHOIR)), straight);
    const length = metresBetween(HOME, CHOIR);

    expect(bow / length).toBeGreaterThan(0.05);
    expect(bow / length).toBeLessThan(0.1);
    const back = metresBetween(middle(curve(CHOIR, HOME)), straight);
    expect(back / bow).toBeCloseTo(1, 2);
  });

  it("is a point where both are at one spot", () => {
    const away = curve(HOME, HOME).map((point) => metresBetween(point, HOME));

    expect(Math.max(...away)).toBeLessThan(0.01);
  });
});

describe("the page's JSON", () => {
  it("is null where there is none", () => {
    const page = { querySelector: () => null } as unknown as ParentNode;

    expect(readJson(page, "shades")).toBeNull();
  });
});
