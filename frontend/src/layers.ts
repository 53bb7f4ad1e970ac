/** The layers over the map: each page has one, and the same as a table below it. */
import { showTies } from "./layers/ties";

const root = document.querySelector<HTMLElement>("[data-layer]");
if (root?.dataset.layer === "ties") showTies(root, document);
