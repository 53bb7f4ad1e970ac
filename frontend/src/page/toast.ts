/** A toast says what was saved and stays until it is dismissed or the page is left. */
import { element, icon } from "../dom";

export function makeToastsDismissible(root: ParentNode): void {
  for (const toast of root.querySelectorAll<HTMLElement>("[data-toast]")) {
    const button = element("button", {
      type: "button",
      class: "btn plain icon",
      "aria-label": "Put this message away",
    });
    button.append(icon("x"));
    button.addEventListener("click", () => {
      toast.remove();
    });
    toast.append(button);
  }
}
