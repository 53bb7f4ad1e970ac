import { describe, expect, it } from "vitest";

import { fieldPoint, nearWords } from "../src/map/pin-fields";

describe("the point in the form's fields", () => {
  it("is read as [lon, lat]", () => {
    expect(fieldPoint("-2.3244", " 53.4243")).toEqual([-2.3244, 53.4243]);
  });

  it.each([
    ["", ""],
    ["-2.3", ""],
    ["x", "53.4"],
    ["53.4", "-2.3"], // swapped
    ["Infinity", "53.4"],
  ])("is none for %j and %j", (lon, lat) => {
    expect(fieldPoint(lon, lat)).toBeNull();
  });
});

it("says which postcode is near and how near", () => {
  expect(nearWords({ postcode: "M33 4QT", distance_m: 12.4 })).toBe(
    "Near M33 4QT, within 12 m",
  );
  expect(nearWords({ postcode: "M33 4QT", distance_m: 0 })).toBe(
    "Near M33 4QT, within 1 m",
  );
  expect(nearWords({ postcode: "IV27 4SS", distance_m: 2310 })).toBe(
    "Near IV27 4SS, within 2.3 km",
  );
});
