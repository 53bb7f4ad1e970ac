/** The parts of the walk-round's page that its script works with. */

export interface Parts {
  bar: HTMLElement;
  title: HTMLElement;
  stop: HTMLElement;
  map: HTMLElement | null;
  form: HTMLFormElement;
  here: HTMLElement;
  where: HTMLElement;
  photoFields: HTMLInputElement[];
  photoList: HTMLElement;
  clash: HTMLElement;
  queue: HTMLElement;
  list: HTMLElement;
  progress: HTMLProgressElement;
  said: HTMLElement;
  send: HTMLElement;
  /** Where to sign in, and come back from. */
  signIn: string;
}

/** null on any other page. */
export function findParts(page: Document): Parts | null {
  const root = page.querySelector<HTMLElement>("[data-walk]");
  if (!root) return null;
  const find = <Kind extends HTMLElement = HTMLElement>(selector: string): Kind => {
    const found = page.querySelector<Kind>(selector);
    if (!found) throw new Error(`The walk-round's page has no ${selector}.`);
    return found;
  };
  return {
    bar: find("[data-walk-bar]"),
    title: find("h1"),
    stop: find("[data-walk-stop]"),
    map: root.querySelector("[data-add-map]"),
    form: find<HTMLFormElement>("[data-walk-form]"),
    here: find("[data-walk-here]"),
    where: find("[data-walk-where]"),
    photoFields: [...root.querySelectorAll<HTMLInputElement>("[data-walk-photo]")],
    photoList: find("[data-walk-photo-list]"),
    clash: find("[data-walk-clash]"),
    queue: find("[data-walk-queue]"),
    list: find("[data-walk-list]"),
    progress: find<HTMLProgressElement>("[data-walk-progress]"),
    said: find("[data-walk-said]"),
    send: find("[data-walk-send]"),
    signIn: root.dataset.signIn ?? "",
  };
}
