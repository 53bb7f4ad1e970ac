// @vitest-environment jsdom
import { expect, it } from "vitest";

import { dropAll, keep, kept } from "../../src/month/draft";

it("forgets every sheet when somebody signs out, and nothing else", () => {
  localStorage.setItem("theme", "dark");
  keep("7-1-2026-11-1", { save: "", at: 1, cells: { "12:3": "2" } });

  dropAll();

  expect(kept("7-1-2026-11-1", "", 2)).toBeNull();
  expect(localStorage.getItem("theme")).toBe("dark");
});
