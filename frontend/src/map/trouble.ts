/** Says in the map that some of it is missing, with a way to try again. */
import { element } from "../dom";

export class Trouble {
  private readonly root: HTMLElement;
  private readonly retry: () => void;
  private node: HTMLElement | null = null;

  constructor(root: HTMLElement, retry: () => void) {
    this.root = root;
    this.retry = retry;
    window.addEventListener("online", () => {
      if (this.node) retry();
    });
  }

  show(): void {
    if (this.node) return;
    const again = element("button", { type: "button", class: "btn small" });
    again.textContent = "Try again";
    again.addEventListener("click", () => {
      this.root.querySelector<HTMLElement>("[data-map-canvas]")?.focus();
      this.retry();
    });
    const words = element("p", { class: "mb0" });
    words.textContent = "Some places could not be fetched.";
    this.node = element("div", { class: "map-trouble", role: "alert" }, words, again);
    this.root.append(this.node);
  }

  hide(): void {
    this.node?.remove();
    this.node = null;
  }
}
