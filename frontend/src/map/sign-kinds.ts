/** The two kinds of sign: places in the ring of their family, homes as an arch. */
import type { SignKind } from "./signs";

/** Reads the colour family of each category from the page's own JSON. */
export function assetKind(page: ParentNode): SignKind {
  const data = page.querySelector("#category-families")?.textContent ?? "{}";
  const families = JSON.parse(data) as Record<string, string>;
  return { path: "/places/", one: "place", many: "places", isHome: false, families };
}

export function homeKind(): SignKind {
  return { path: "/homes/", one: "home", many: "homes", isHome: true, families: {} };
}
