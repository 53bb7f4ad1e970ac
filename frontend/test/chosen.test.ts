// @vitest-environment jsdom
import { beforeEach, expect, it } from "vitest";

import { readFragment } from "../src/dom";
import { chosenIn, entryOf, keyAt, rememberChosen } from "../src/map/chosen";

beforeEach(() => {
  window.history.replaceState(null, "", "/map/?category=faith&at=53.42,-2.32,16");
});

it("writes what is opened into the address, beside view and filters", () => {
  rememberChosen("assets 7", "map");

  expect(window.location.search).toBe(
    "?category=faith&at=53.42,-2.32,16&place=assets-7",
  );
  expect(chosenIn(window.location.href)).toBe("assets 7");
  expect(window.history.state).toEqual({ from: "map" });
});

it.each(["", "assets-", "assets-x", "people-3", "assets-7-8", "<b>"])(
  "reads nothing from %j",
  (text) => {
    const query = new URLSearchParams({ place: text }).toString();

    expect(chosenIn(`http://here/map/?${query}`)).toBe("");
  },
);

it("finds a place's entry in the list, and the place of an entry", () => {
  document.body.replaceChildren(
    ...readFragment(
      '<ul><li data-place="7" data-layer="homes"><a>Home</a></li>' +
        '<li data-place="7" data-layer="assets"><a>Choir</a></li></ul>',
    ),
  );

  const entry = entryOf(document.body, "assets 7");

  expect(entry?.textContent).toBe("Choir");
  expect(keyAt(entry?.querySelector("a") ?? null)).toBe("assets 7");
  expect(entryOf(document.body, "assets 8")).toBeNull();
  expect(keyAt(document.body)).toBeNull();
});
