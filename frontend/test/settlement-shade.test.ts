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
  for (let zoom = 11; zoom <= 18; zoom += 1) {
    expect(shadeAt(zoom).dot(1)).toBeGreaterThan(0);
  }
});

it("never shades farther than a tile's canvas reaches", () => {
  for (let zoom = 5; zoom <= 18; zoom += 1) {
    expect(shadeAt(zoom).radius).toBeLessThanOrEqual(MARGIN_PX);
  }
});
