// @vitest-environment jsdom
/** Themes that the words of a wish speak of: as the server has it, and what a page does. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";

import { suggestTags } from "../src/wishes/peg";
import { suggested, type WordsOfTags } from "../src/wishes/tags";

interface Row {
  slug: string;
  words: string[];
}
const file = join(import.meta.dirname, "../../fixtures/wishes/tags.json");
const rows = (JSON.parse(readFileSync(file, "utf-8")) as { tags: Row[] }).tags;
const WORDS: WordsOfTags = Object.fromEntries(
  rows.map(({ slug, words }) => [slug, words]),
);

// The same as tests/fans/connections/wishes/test_tags.py has.
describe("suggested", () => {
  test.each([
    ["to hear an accordion again", ["music"]],
    ["A fish supper by the sea", ["nature"]],
    ["to go to Mass on Sundays", ["faith"]],
    ["knitting, and to teach children to knit", ["crafts", "children", "helping"]],
    ["catering for a party", []],
    ["a cat on my lap", ["animals"]],
    ["", []],
  ])("%s", (text, tags) => {
    expect(suggested(text, WORDS)).toEqual(tags);
  });

  test("the few that are named most often", () => {
    const text = "songs, songs, songs, a dog, a dog, a garden, a book, a film, a quiz";
    expect(suggested(text, WORDS).slice(0, 2)).toEqual(["music", "animals"]);
    expect(suggested(text, WORDS)).toHaveLength(4);
  });
});

describe("the form", () => {
  let field: HTMLTextAreaElement;

  function type(text: string): void {
    field.value = text;
    field.dispatchEvent(new Event("input"));
  }
  function ticked(): string[] {
    return [
      ...document.querySelectorAll<HTMLInputElement>("[name='tags']:checked"),
    ].map((input) => input.value);
  }
  function lifted(): number {
    return document.querySelectorAll("[data-suggested] li").length;
  }

  beforeEach(() => {
    const form = document.createElement("form");
    const all = document.createElement("ul");
    all.id = "all";
    for (const slug of Object.keys(WORDS)) {
      const input = Object.assign(document.createElement("input"), {
        type: "checkbox",
      });
      input.name = "tags";
      input.setAttribute("value", slug);
      const item = document.createElement("li");
      item.append(input);
      all.append(item);
    }
    const box = document.createElement("div");
    box.dataset.suggested = "";
    box.hidden = true;
    box.append(document.createElement("ul"));
    const chosen = Object.assign(document.createElement("input"), { type: "hidden" });
    chosen.name = "chosen";
    const words = document.createElement("script");
    words.type = "application/json";
    words.id = "words-of-tags";
    words.textContent = JSON.stringify(WORDS);
    form.append(document.createElement("textarea"), chosen, box, all);
    document.body.replaceChildren(form, words);
    const found = document.querySelector("textarea");
    if (!found) throw new Error("no field");
    field = found;
    suggestTags(field);
  });

  test("ticks what fits, and unticks what does no longer", () => {
    type("to hear an accordion");
    expect(ticked()).toEqual(["music"]);
    expect(lifted()).toBe(1);
    type("to stroke a dog");
    expect(ticked()).toEqual(["animals"]);
    type("x");
    expect(ticked()).toEqual([]);
    expect(document.querySelector<HTMLElement>("[data-suggested]")?.hidden).toBe(true);
  });

  test("leaves alone what somebody chose or refused", () => {
    type("to hear an accordion");
    document.querySelector<HTMLInputElement>("[value='music']")?.click();
    type("to hear an accordion, and a piano");
    expect(ticked()).toEqual([]);
    document.querySelector<HTMLInputElement>("[value='food']")?.click();
    type("a dog");
    expect(ticked().sort()).toEqual(["animals", "food"]);
  });

  test("says that what is chosen is meant, and keeps the list in its order", () => {
    type("a dog, a song");
    type("x");
    const order = [...document.querySelectorAll<HTMLInputElement>("#all input")];
    expect(order.map((input) => input.value)).toEqual(Object.keys(WORDS));
    expect(document.querySelector<HTMLInputElement>("[name='chosen']")?.value).toBe(
      "true",
    );
  });
});
