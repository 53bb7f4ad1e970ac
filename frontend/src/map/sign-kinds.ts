/** The two kinds of sign: places in the ring of their family, homes as an arch. */
import type { SignKind } from "./signs";

/** Reads the colour family and the name of each category from the page's own JSON. */
export function assetKind(page: ParentNode): SignKind {
  return {
    path: "/places/",
    one: "place",
    many: "places",
    isHome: false,
    families: readJson(page, "#category-families"),
    names: readJson(page, "#category-names"),
  };
}

export function homeKind(): SignKind {
  return {
    path: "/homes/",
    one: "home",
    many: "homes",
    isHome: true,
    families: {},
    names: {},
  };
}

function readJson(page: ParentNode, selector: string): Record<string, string> {
  const data = page.querySelector(selector)?.textContent ?? "{}";
  return JSON.parse(data) as Record<string, string>;
}
