/** Signs where they are drawn at the map's zoom, in pixels of its layer. */
import type { Map as LeafletMap } from "leaflet";

import { MAX_ZOOM, toLatLng, type Pixel } from "../geo";
import { placeKey, type Layer, type Sign } from "./gather";
import type { SignArt } from "./sign-art";
import type { Target } from "./sign-links";
import { clusterWords, placePath, placeWords, type SignKind } from "./signs";

export type Kinds = Partial<Record<Layer, SignKind>>;

export interface Drawn extends Target {
  sign: Sign;
}

export function locate(
  map: LeafletMap,
  signs: Sign[],
  kinds: Kinds,
  art: SignArt,
): Drawn[] {
  const closest = map.getZoom() >= MAX_ZOOM;
  return signs.flatMap((sign) => {
    const kind = kinds[sign.layer];
    if (!kind) return [];
    const { x, y } = map.latLngToLayerPoint(toLatLng(sign.at));
    const { place } = sign;
    return {
      sign,
      key: keyOf(sign),
      x,
      y,
      ...art.size(sign, kind),
      words: place ? placeWords(place, kind) : clusterWords(sign, kind, closest),
      href: place ? placePath(place, kind) : null,
    };
  });
}

/** The key of the sign at a spot, the nearest where they overlap; null without one. */
export function signAt(drawn: Drawn[], { x, y }: Pixel): string | null {
  const far = (one: Drawn) => Math.hypot(one.x - x, one.y - y);
  const hits = drawn.filter(
    (one) =>
      Math.abs(one.x - x) <= one.width / 2 && Math.abs(one.y - y) <= one.height / 2,
  );
  hits.sort((a, b) => far(a) - far(b));
  return hits[0]?.key ?? null;
}

function keyOf({ layer, place, at, count }: Sign): string {
  if (place) return placeKey(layer, place.id);
  const spot = at.map((degrees) => degrees.toFixed(6)).join(",");
  return `${String(count)} ${layer} at ${spot}`;
}
