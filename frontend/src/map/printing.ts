/**
 * Printing shows the map as it stands: the style sheet makes the whole picture smaller
 * or larger, since nothing new can be fetched while a page goes to paper.
 */
import type { Frame } from "./frame";

/** As wide as A4 and Letter have room for, in pixels of paper: 180 mm. */
const PAPER_PX = 680;
/** With the page's heading and the legend above and below. */
const HIGHEST_PX = 700;

export function readyToPrint({ map, root }: Frame): void {
  const measure = () => {
    const { x, y } = map.getSize();
    if (x === 0 || y === 0) return;
    const scale = Math.min(PAPER_PX / x, HIGHEST_PX / y);
    root.style.setProperty("--screen-width", `${String(x)}px`);
    root.style.setProperty("--screen-height", `${String(y)}px`);
    root.style.setProperty("--paper-scale", scale.toFixed(4));
  };
  measure();
  map.on("resize", measure);
  const opened: HTMLDetailsElement[] = [];
  window.addEventListener("beforeprint", () => {
    for (const legend of document.querySelectorAll("details")) {
      if (legend.open || !legend.querySelector(".legend")) continue;
      legend.open = true;
      opened.push(legend);
    }
  });
  window.addEventListener("afterprint", () => {
    for (const legend of opened.splice(0)) legend.open = false;
  });
}
