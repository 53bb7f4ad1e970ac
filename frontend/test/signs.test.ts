// @vitest-environment jsdom
import { expect, it } from "vitest";

import { readFragment } from "../src/dom";
import type { Sign } from "../src/map/gather";
import { assetKind, homeKind } from "../src/map/sign-kinds";
import { badgeOf, clusterWords, placePath, placeWords } from "../src/map/signs";

const HALL = { id: 4, name: "St Bride's", category: "faith", checkState: "due" };

function kind() {
  document.body.replaceChildren(
    ...readFragment(
      '<script id="category-families" type="application/json">{"faith":"culture"}</script>' +
        '<script id="category-names" type="application/json">{"faith":"Faith"}</script>',
    ),
  );
  return assetKind(document);
}

function several(count: number, more: Partial<Sign> = {}): Sign {
  return { layer: "assets", at: [-2.3, 53.4], count, place: null, ...more };
}

it("names a place, says what it is and when it needs a check", () => {
  expect(placeWords(HALL, kind())).toBe("St Bride's, faith, to check");
  expect(placePath(HALL, kind())).toBe("/places/4/");
  expect(badgeOf(HALL, kind())).toBe("clock");
});

it("says of a stale place that it may be wrong, and nothing of a fresh one", () => {
  const stale = { ...HALL, checkState: "stale" };

  expect(placeWords(stale, kind())).toBe("St Bride's, faith, stale: may be wrong");
  expect(badgeOf(stale, kind())).toBe("alert");
  expect(placeWords({ ...HALL, checkState: "fresh" }, kind())).toBe(
    "St Bride's, faith",
  );
});

it("names a place also where a page does not say what its kind is called", () => {
  document.body.replaceChildren();

  expect(placeWords(HALL, assetKind(document))).toBe("St Bride's, to check");
});

it("names a home as one, without the badge of a place", () => {
  const home = { id: 9, name: "Larkfield House", category: "", checkState: "" };

  expect(placeWords(home, homeKind())).toBe("Larkfield House, care home");
  expect(placePath(home, homeKind())).toBe("/homes/9/");
  expect(badgeOf({ ...home, checkState: "stale" }, homeKind())).toBeNull();
});

it("says how many places a sign stands for, and what pressing it does", () => {
  expect(clusterWords(several(23), kind(), false)).toBe("23 places, zoom in");
  expect(clusterWords(several(1), kind(), false)).toBe("1 place, zoom in");
  expect(clusterWords(several(20422), kind(), false)).toBe("20,422 places, zoom in");
  expect(clusterWords(several(2), homeKind(), false)).toBe("2 homes, zoom in");
  expect(clusterWords(several(40), kind(), true)).toBe("40 places, go to the list");
  expect(clusterWords(several(8, { together: [HALL] }), kind(), true)).toBe(
    "8 places here, show their names",
  );
});
