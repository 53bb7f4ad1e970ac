/**
 * Keeps what is typed into a form until it is saved: a lost signal, a session that has
 * ended or a page left by a slip costs nothing. Only in this window's own memory, which
 * goes with the window; signing out empties it.
 */

type Said = [name: string, value: string][];

/**
 * Keeps the form's draft, and fills a fresh form with the one kept. A form that came back
 * with errors (`data-bound`) holds what was typed already; after a save, which the page
 * tells of in a toast, nothing is left to keep.
 */
export function keepDraft(form: HTMLFormElement, store: Storage): void {
  const name = form.dataset.draft ?? "";
  const key = `draft:${name}:${location.pathname}${location.search}`;
  const sentKey = `draft-sent:${name}`;
  const untouched = said(form);

  const sent = store.getItem(sentKey);
  if (sent !== null && document.querySelector("[data-toast]:not(.bad)")) {
    store.removeItem(sent);
  }
  store.removeItem(sentKey);

  const kept = store.getItem(key);
  if (kept !== null && !("bound" in form.dataset)) {
    fill(form, JSON.parse(kept) as Said);
    offerToDrop(form, () => {
      store.removeItem(key);
      fill(form, untouched);
    });
  }
  form.addEventListener("input", () => {
    keep(said(form));
  });
  form.addEventListener("submit", () => {
    keep(said(form));
    store.setItem(sentKey, key);
  });

  function keep(now: Said): void {
    if (JSON.stringify(now) === JSON.stringify(untouched)) store.removeItem(key);
    else store.setItem(key, JSON.stringify(now));
  }
}

/** What stands in the form, but for the mark that says whose page it is. */
function said(form: HTMLFormElement): Said {
  return [...new FormData(form)].flatMap(([name, value]) =>
    typeof value === "string" && name !== "csrfmiddlewaretoken" ? [[name, value]] : [],
  );
}

function fill(form: HTMLFormElement, words: Said): void {
  for (const control of form.elements) {
    if (
      control instanceof HTMLInputElement &&
      /^(checkbox|radio)$/.test(control.type)
    ) {
      control.checked = words.some(([name, value]) => {
        return name === control.name && value === control.value;
      });
      continue;
    }
    const isText =
      control instanceof HTMLInputElement ||
      control instanceof HTMLTextAreaElement ||
      control instanceof HTMLSelectElement;
    const word = isText && words.find(([name]) => name === control.name);
    if (word) control.value = word[1];
  }
}

function offerToDrop(form: HTMLFormElement, drop: () => void): void {
  const words = form.querySelector<HTMLElement>("[data-draft-words]");
  if (!words) return;
  words.hidden = false;
  words.querySelector("[data-draft-drop]")?.addEventListener("click", () => {
    drop();
    words.hidden = true;
    form.querySelector<HTMLElement>("input:not([type=hidden]), select")?.focus();
  });
}
