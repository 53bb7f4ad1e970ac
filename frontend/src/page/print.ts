/** Buttons that print the page: shown where scripts run, for a browser can print anyway. */

export function offerPrinting(root: ParentNode): void {
  for (const button of root.querySelectorAll<HTMLButtonElement>("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      window.print();
    });
  }
}
