import { expect, it } from "vitest";

import { crowded, MARGIN_PX, shadeAt } from "../src/map/settlement-shade";

it("shades a street, and not a farm by itself", () => {
  const street = [10, 14, 18, 22].map((x) => ({ x, y: 10, count: 2 }));
  const farm = { x: 200, y: 200, count: 2 };

  expect(crowded([...street, farm], 10, 6)).toEqual(street);
});

it("sees neighbours over the edge of its own square", () => {
  const apart = [
    { x: 9.9, y: 9.9, count: 1 },
    { x: 10.1, y: 10.1, count: 1 },
  ];

  expect(crowded(apart, 10, 2)).toEqual(apart);
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

  expect(crowded(corner, 10, 6, [0, 512])).toEqual(corner); // 4 in 4 of 9 squares
  expect(crowded(corner, 10, 6)).toEqual([]);
});

it("changes its shade by steps that follow on from each other", () => {
  for (let zoom = 6; zoom <= 18; zoom += 1) {
    const [before, now] = [shadeAt(zoom - 1), shadeAt(zoom)];
    expect(now.radius / before.radius).toBeLessThanOrEqual(2);
    expect(now.radius / before.radius).toBeGreaterThanOrEqual(0.9);
    if (before.dense !== now.dense) expect(now.dense).toBe(before.built);
  }
});
