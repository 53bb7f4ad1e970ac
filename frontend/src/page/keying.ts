/** Keying in sheets: a number typed goes on to the next question, and Enter does not send. */

export function keyOnwards(root: ParentNode): void {
  const keys = [...root.querySelectorAll<HTMLInputElement>("form input[data-key]")];
  keys.forEach((key, at) => {
    const onwards = (): void => {
      const next = keys[at + 1];
      if (next) {
        next.focus();
        next.select();
      } else {
        key.form?.querySelector<HTMLElement>("button[type=submit]")?.focus();
      }
    };
    key.addEventListener("focus", () => {
      key.select();
    });
    key.addEventListener("input", () => {
      if (/^[0-5-]$/.test(key.value)) onwards();
    });
    key.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      onwards();
    });
  });
}
