import { describe, expect, it } from "vitest";

import { alikeWords, question } from "../src/add/alike";
import { hereWords, whyNotHere } from "../src/add/here";
import { foundWords, landmarkWords } from "../src/add/near";

describe("where the phone is", () => {
  it("is trusted where it is near enough to a door", () => {
    expect(hereWords(12.4)).toBe(
      "The cross is where you are, within 12 m. Move the map if the door is elsewhere.",
    );
    expect(hereWords(0)).toContain("within 1 m");
  });

  it("is doubted in plain words where it is not", () => {
    expect(hereWords(80)).toContain("only to within 80 m");
    expect(hereWords(1500)).toContain("badly, to within 1.5 km");
    expect(hereWords(1500)).toContain("Move the map");
  });

  it("tells a no from not knowing", () => {
    expect(whyNotHere(1)).toContain("does not tell this page");
    expect(whyNotHere(2)).toContain("does not know where it is");
    expect(whyNotHere(3)).toContain("does not know where it is");
  });
});

describe("what words may mean", () => {
  it("is named with what it is and how far away", () => {
    const library = { name: "Sale Library", what: "Libraries", lon: 0, lat: 0 };
    expect(landmarkWords({ ...library, distance_m: 350 })).toBe(
      "Sale Library, Libraries, 350 m from here",
    );
    expect(landmarkWords({ ...library, distance_m: 1250 })).toContain("1.3 km");
    expect(landmarkWords({ ...library, distance_m: null })).toBe(
      "Sale Library, Libraries",
    );
  });

  it("is counted, and said where there is nothing", () => {
    expect(foundWords(0, "the moon")).toContain("no place called “the moon”");
    expect(foundWords(1, "x")).toBe("One place found.");
    expect(foundWords(3, "x")).toContain("3 places");
  });
});

describe("what is asked while somebody types", () => {
  const place = { name: "Boathouse", lon: "-2.322", lat: "53.424" };

  it("is a name and a point, and nothing that may be somebody's own", () => {
    const said = {
      ...place,
      category: "food_drink",
      phone: "0161 496 0147",
      who_to_ask: "Sam",
    };
    const asked = question(said);
    expect([...(asked?.keys() ?? [])].sort()).toEqual([
      "category",
      "lat",
      "lon",
      "name",
    ]);
  });

  it("is nothing before there is enough to go by", () => {
    expect(question({ ...place, name: "Bo" })).toBeNull();
    expect(question({ name: "Boathouse" })).toBeNull();
    expect(question({ ...place, lon: "200" })).toBeNull();
    expect(question({ name: "Boathouse", postcode: "M33 2DH" })?.get("postcode")).toBe(
      "M33 2DH",
    );
  });

  it("is told as a number, not read out", () => {
    expect(alikeWords(0)).toBe("");
    expect(alikeWords(1)).toContain("One place like it");
    expect(alikeWords(4)).toContain("4 places like it");
  });
});
