import { expect, it } from "vitest";

import { Crowd, groundOf, MARGIN_PX, shadeAt } from "../src/map/settlement-shade";

it("shades a street, and not a farm by itself", () => {
  const street = [10, 14, 18, 22].map((x) => ({ x, y: 10, count: 2 }));
  const farm = { x: 200, y: 200, count: 2 };

  expect(new Crowd([...street, farm], 10).from(6)).toEqual(street);
});

it("sees neighbours over the edge of its own square", () => {
  const apart = [
    { x: 9.9, y: 9.9, count: 1 },
    { x: 10.1, y: 10.1, count: 1 },
  ];

  expect(new Crowd(apart, 10).from(2)).toEqual(apart);
});

it("tells dense ground from what is only built up", () => {
  const town = [1, 2, 3].map((x) => ({ x, y: 1, count: 4 }));
  const shade = { ...shadeAt(10), reach: 10, builtFrom: 2, denseFrom: 12 };

  const [built, dense] = groundOf([...town, { x: 99, y: 1, count: 2 }], shade, [
    -Infinity,
    Infinity,
  ]);

  expect(built?.built).toHaveLength(4);
  expect(dense?.built).toEqual(town);
});

it("draws a dot for each postcode from where streets show, at every zoom", () => {
  for (let zoom = 12; zoom <= 18; zoom += 1) {
    expect(shadeAt(zoom).dot(1)).toBeGreaterThan(0);
  }
});

it("never shades farther than a tile's canvas reaches", () => {
  for (let zoom = 5; zoom <= 18; zoom += 1) {
    expect(shadeAt(zoom).radius).toBeLessThanOrEqual(MARGIN_PX);
  }
});

it("reckons beyond a tile's edge as on this side of it", () => {
  const corner = [0, 1, 2, 3].map((at) => ({ x: at, y: at, count: 1 }));

  expect(new Crowd(corner, 10, [0, 512]).from(6)).toEqual(corner); // 4 in 4 of 9 squares
  expect(new Crowd(corner, 10).from(6)).toEqual([]);
});

it("changes its shade by steps that follow on from each other", () => {
  for (let zoom = 6; zoom <= 18; zoom += 1) {
    const [before, now] = [shadeAt(zoom - 1), shadeAt(zoom)];
    expect(now.radius / before.radius).toBeLessThanOrEqual(2);
    expect(now.radius / before.radius).toBeGreaterThanOrEqual(0.9);
    if (before.dense !== now.dense) expect(now.dense).toBe(before.built);
  }
});
