/** Builds the signs themselves: a ring, an arch, or "23 places". */
import { element, icon, symbol } from "../dom";
import type { Place } from "./gather";

export interface SignKind {
  /** Where a place's page is: the id follows. */
  path: string;
  one: string;
  many: string;
  isHome: boolean;
  /** The colour family of each kind of place. */
  families: Record<string, string>;
}

const STATE_WORDS: Record<string, string> = {
  due: ", to check",
  stale: ", stale: may be wrong",
};
const LARGE = 50;

export function placeSign(place: Place, kind: SignKind): HTMLElement {
  const words = kind.isHome ? ", care home" : (STATE_WORDS[place.checkState] ?? "");
  const link = element("a", {
    class: "mk",
    href: `${kind.path}${String(place.id)}/`,
    "aria-label": `${place.name}${words}`,
    title: place.name,
  });
  link.append(kind.isHome ? arch() : ring(place, kind));
  if (!kind.isHome && STATE_WORDS[place.checkState]) {
    const badge = place.checkState === "stale" ? "alert" : "clock";
    link.append(element("span", { class: "due" }, icon(badge, "ic sm")));
  }
  return link;
}

export function clusterSign(
  count: number,
  kind: SignKind,
  zoomIn: () => void,
): HTMLElement {
  const noun = count === 1 ? kind.one : kind.many;
  const size = count > LARGE ? " l" : "";
  const pill = element(
    "span",
    { class: `clu${size}${kind.isHome ? " h" : ""}` },
    element("b", {}, String(count)),
    ` ${noun}`,
  );
  const label = `${String(count)} ${noun}, zoom in`;
  const button = element("button", {
    type: "button",
    class: "mk",
    "aria-label": label,
  });
  button.append(pill);
  button.addEventListener("click", zoomIn);
  return button;
}

function ring(place: Place, kind: SignKind): HTMLElement {
  const family = kind.families[place.category] ?? "serve";
  return element("span", { class: `cat f-${family}` }, icon(place.category));
}

function arch(): HTMLElement {
  return element("span", { class: "cat home" }, symbol("mark", "mark", "0 0 48 48"));
}
