/** On a phone, seven days of every line at a time. Without scripts, all of them. */

export function offerWeeks(form: HTMLFormElement): void {
  const group = form.querySelector<HTMLElement>("[data-weeks]");
  if (!group) return;
  group.hidden = false;
  const buttons = [...group.querySelectorAll<HTMLButtonElement>("button[data-first]")];
  for (const button of buttons) {
    button.addEventListener("click", () => {
      for (const other of buttons) press(other, other === button);
      show(form, Number(button.dataset.first), Number(button.dataset.last));
    });
  }
}

function press(button: HTMLButtonElement, pressed: boolean): void {
  button.setAttribute("aria-pressed", String(pressed));
  button.classList.toggle("on", pressed);
}

function show(form: HTMLFormElement, first: number, last: number): void {
  for (const cell of form.querySelectorAll<HTMLElement>("td[data-l]:not(.wide-cell)")) {
    const day = Number(cell.dataset.l);
    cell.classList.toggle("other-week", day < first || day > last);
  }
}
