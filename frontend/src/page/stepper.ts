/**
 * Gives a number field two big buttons, "one fewer" and "one more". The field stays a
 * number input; without scripts it is simply that.
 */
import { element, icon } from "../dom";

export function makeSteppers(root: ParentNode): void {
  for (const input of root.querySelectorAll<HTMLInputElement>("input[data-stepper]")) {
    const frame = element("span", { class: "stepper" });
    input.replaceWith(frame);
    frame.append(
      stepButton(input, -1, "One fewer", "minus"),
      input,
      stepButton(input, 1, "One more", "plus"),
    );
  }
}

function stepButton(
  input: HTMLInputElement,
  by: 1 | -1,
  label: string,
  symbol: string,
): HTMLButtonElement {
  const button = element("button", { type: "button", "aria-label": label });
  button.append(icon(symbol));
  button.addEventListener("click", () => {
    if (by > 0) input.stepUp();
    else input.stepDown();
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  return button;
}
