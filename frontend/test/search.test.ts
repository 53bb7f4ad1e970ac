// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import type { Found, SearchAnswer } from "../src/api";
import { readFragment } from "../src/dom";
import { suggestIn } from "../src/search/box";
import { offerNearMe } from "../src/search/near-me";
import {
  countWords,
  groupsOf,
  meantWords,
  nearMeAddress,
  nearParam,
  stepFrom,
} from "../src/search/words";

const found = (kind: Found["kind"], label: string): Found => ({
  kind,
  label,
  detail: "Sport, 350 m",
  url: `/there/${label}/`,
  point: null,
});
const answered = (...results: Found[]): SearchAnswer => ({
  results,
  spelled: false,
  meant: "",
});

let went: string[];
let form: HTMLFormElement;
let field: HTMLInputElement;

beforeEach(() => {
  vi.useFakeTimers();
  Element.prototype.scrollIntoView = () => undefined;
  document.body.replaceChildren(
    ...readFragment(
      '<form><span><input name="q"></span><button type="button" data-near-me hidden>Near me</button><p data-near-said></p></form>',
    ),
  );
  form = document.querySelector("form") as HTMLFormElement;
  field = document.querySelector("input") as HTMLInputElement;
  went = [];
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function start(answer: SearchAnswer | Error): ReturnType<typeof vi.fn> {
  const fetching = vi.fn((_url: string, init: RequestInit) => {
    if (answer instanceof Error) return Promise.reject(answer);
    return init.signal?.aborted
      ? Promise.reject(new DOMException("", "AbortError"))
      : Promise.resolve(new Response(JSON.stringify(answer)));
  });
  vi.stubGlobal("fetch", fetching);
  suggestIn(form, (url) => went.push(url));
  return fetching;
}

async function type(words: string): Promise<void> {
  field.value = words;
  field.dispatchEvent(new Event("input"));
  await vi.advanceTimersByTimeAsync(400);
}

function press(key: string): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key, cancelable: true });
  field.dispatchEvent(event);
  return event;
}

it("puts what is found into groups in their order, and leaves out empty ones", () => {
  const groups = groupsOf([
    found("asset", "b"),
    found("place", "a"),
    found("asset", "c"),
  ]);

  expect(groups.map(({ name }) => name)).toEqual([
    "Towns and postcodes",
    "Places and groups",
  ]);
  expect(groups[1]?.results.map(({ label }) => label)).toEqual(["b", "c"]);
});

it("says how many, and what was meant", () => {
  const slip = { results: [found("asset", "a")], spelled: true, meant: "library" };

  expect(countWords(answered(found("asset", "a"), found("home", "b")))).toBe(
    "2 results. Arrow down to choose.",
  );
  expect(countWords(slip)).toBe("1 result for “library”.");
  expect(meantWords("libary", slip)).toBe(
    "Nothing is called “libary”. Did you mean “library”?",
  );
  expect(meantWords("library", answered(found("asset", "a")))).toBe("");
  expect(meantWords("qzxwy", answered())).toBe("Nothing is called “qzxwy”.");
});

it("steps round the options by way of the field", () => {
  expect([stepFrom(-1, 1, 2), stepFrom(1, 1, 2), stepFrom(-1, -1, 2)]).toEqual([
    0, -1, 1,
  ]);
});

it("rounds where somebody is to about a hundred metres", () => {
  expect(nearMeAddress("?q=choir&show=places&at=1,2,3", -2.321987, 53.424449)).toBe(
    "/map/?show=places&at=53.424,-2.322,15",
  );
  expect(nearParam("53.42444,-2.32199,14")).toBe("-2.322,53.424");
  expect([nearParam(null), nearParam("x"), nearParam("53.4")]).toEqual(["", "", ""]);
});

it("asks once the typing pauses, and not for a letter", async () => {
  const fetching = start(answered(found("asset", "Moss")));

  await type("m");
  field.value = "mo";
  field.dispatchEvent(new Event("input"));
  await type("mos");

  expect(fetching.mock.calls.map(([url]) => url as string)).toEqual(["/search/?q=mos"]);
});

it("is a combobox: arrows choose, Enter goes there, Escape closes", async () => {
  start(answered(found("asset", "Moss"), found("home", "Larkfield")));
  await type("moss");
  expect(field.getAttribute("aria-expanded")).toBe("true");

  press("ArrowDown");
  press("ArrowDown");
  const marked = document.getElementById(
    field.getAttribute("aria-activedescendant") ?? "",
  );
  expect(marked?.textContent).toContain("Larkfield");
  expect(marked?.getAttribute("aria-selected")).toBe("true");

  expect(press("Enter").defaultPrevented).toBe(true);
  expect(went).toEqual(["http://localhost:3000/there/Larkfield/"]);
  press("Escape");
  expect(field.getAttribute("aria-expanded")).toBe("false");
  expect(field.value).toBe("moss");
});

it("lets Enter send the form while nothing is chosen", async () => {
  start(answered(found("asset", "Moss")));
  await type("moss");

  expect(press("Enter").defaultPrevented).toBe(false);
  expect(went).toEqual([]);
});

it("goes to what is pressed", async () => {
  start(answered(found("asset", "Moss")));
  await type("moss");

  document.querySelector<HTMLElement>("[role=option] b")?.click();

  expect(went).toEqual(["http://localhost:3000/there/Moss/"]);
});

it("says plainly that there is no connection", async () => {
  vi.stubGlobal("navigator", { onLine: false });
  start(new TypeError("Failed to fetch"));

  await type("moss");

  expect(document.querySelector(".suggest-note")?.textContent).toContain(
    "not connected",
  );
  expect(document.querySelector("[role=status]")?.textContent).toContain(
    "not connected",
  );
  expect(field.getAttribute("aria-expanded")).toBe("false");
});

it("offers what is near where the device can tell, and says why it does not", () => {
  const geolocation = {
    getCurrentPosition: (_: unknown, fail: (error: { code: number }) => void) => {
      fail({ code: 1 });
    },
  };
  vi.stubGlobal("navigator", { geolocation });
  const button = document.querySelector("button") as HTMLButtonElement;

  offerNearMe(form, (url) => went.push(url));
  button.click();

  expect(button.hidden).toBe(false);
  expect(document.querySelector("[data-near-said]")?.textContent).toContain(
    "Put a postcode",
  );
  expect(went).toEqual([]);
});
