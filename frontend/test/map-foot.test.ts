import { expect, it } from "vitest";

import { contrast, isDark, readColour } from "../src/map/contrast";
import { scaleBars } from "../src/map/scale";
import { nearestWords, wind } from "../src/map/whereabouts";

it.each([
  [100, "5 km", "5 miles"],
  [20, "1 km", "1 mile"],
  [11, "500 m", "½ mile"],
  [5, "200 m", "¼ mile"],
  [0.5, "20 m", "20 yards"],
  [5000, "200 km", "200 miles"],
])(
  "says the scale of %d metres to a pixel in both ways",
  (perPixel, metric, imperial) => {
    const bars = scaleBars(perPixel, 90);

    expect(bars.map(({ words }) => words)).toEqual([metric, imperial]);
    for (const { width } of bars) {
      expect(width).toBeGreaterThan(20);
      expect(width).toBeLessThanOrEqual(90);
    }
  },
);

it("draws a bar as long as it says", () => {
  const [metric, imperial] = scaleBars(100, 90);

  expect(metric.width).toBe(50);
  expect(imperial.width).toBe(Math.round((5 * 1609.344) / 100));
});

it("says what is nearest, how far and which way", () => {
  const oban = { name: "Oban", at: [-5.47, 56.41] as [number, number] };
  const york = { name: "York", at: [-1.08, 53.96] as [number, number] };

  expect(nearestWords([-5.47, 56.5], [york, oban])).toBe("Nearest: Oban, 10 km south");
  expect(nearestWords([-5.4702, 56.4096], [oban])).toBe("Nearest: Oban, 100 m north");
  expect(nearestWords([0, 50], [])).toBeNull();
});

it.each([
  [[1, 0], "east"],
  [[-1, 0], "west"],
  [[0, -1], "south"],
  [[-1, 0.5], "north-west"],
])("names the way to %j", ([east, north], name) => {
  expect(wind([0, 55], [east ?? 0, 55 + (north ?? 0)])).toBe(name);
});

it("reckons contrast as the guidelines do", () => {
  expect(contrast("#000", "#ffffff")).toBeCloseTo(21);
  expect(contrast("rgb(118, 118, 118)", "#fff")).toBeCloseTo(4.54, 1);
  expect(isDark("rgb(32, 40, 38)")).toBe(true);
  expect(isDark("#f1ece2")).toBe(false);
  expect(readColour("CanvasText")).toBeNull();
});
