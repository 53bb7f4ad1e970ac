/** The layers over the map: each page has one, and the same as a table below it. */
import { showShades } from "./layers/shades";
import { showTies } from "./layers/ties";

const SHOWN: Record<string, (root: HTMLElement, page: Document) => void> = {
  shades: showShades,
  ties: showTies,
};

const root = document.querySelector<HTMLElement>("[data-layer]");
if (root) SHOWN[root.dataset.layer ?? ""]?.(root, document);
