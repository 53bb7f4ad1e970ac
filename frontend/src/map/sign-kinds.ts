/** The two kinds of sign: places in the ring of their family, homes as an arch. */
import type { SignsOptions } from "./signs-layer";

type Kind = Pick<SignsOptions, "layer" | "kind">;

/** Reads the colour family of each category from the page's own JSON. */
export function assetKind(page: ParentNode): Kind {
  const data = page.querySelector("#category-families")?.textContent ?? "{}";
  const families = JSON.parse(data) as Record<string, string>;
  return {
    layer: "assets",
    kind: { path: "/places/", one: "place", many: "places", isHome: false, families },
  };
}

export function homeKind(): Kind {
  return {
    layer: "homes",
    kind: { path: "/homes/", one: "home", many: "homes", isHome: true, families: {} },
  };
}
