/** The list and the signs point at each other, and know which place was opened last. */
import { cameBackTo, chosenIn, entryOf, keyAt, rememberChosen } from "./chosen";
import type { SignsLayer, SignsOptions } from "./signs-layer";

/** What the signs ask of the list; for `SignsOptions`. */
export function listActs(
  list: HTMLElement,
): Pick<SignsOptions, "onPoint" | "onOpen" | "onList" | "rankInList"> {
  return {
    onPoint: (key) => {
      for (const entry of list.querySelectorAll(".pointed")) {
        entry.classList.remove("pointed");
      }
      if (key) entryOf(list, key)?.classList.add("pointed");
    },
    onOpen: (key) => {
      rememberChosen(key, "map");
    },
    onList: () => {
      list.querySelector<HTMLElement>("li a")?.focus();
    },
    rankInList: ranks(list),
  };
}

/** Asked once for each sign: the list is read once for each of its states. */
function ranks(list: HTMLElement): (key: string) => number | undefined {
  let known: Map<string, number> | null = null;
  new MutationObserver(() => {
    known = null;
  }).observe(list, { childList: true, subtree: true });
  return (key) => {
    if (!known) {
      const keys = [...list.querySelectorAll("li[data-place]")].map(keyAt);
      known = new Map(keys.map((one, index) => [one ?? "", index]));
    }
    return known.get(key);
  };
}

export function joinListAndSigns(list: HTMLElement, signs: SignsLayer): void {
  const show = (event: Event) => {
    const [layer, id] = (keyAt(event.target) ?? "").split(" ");
    signs.highlight(layer ?? "", id ? Number(id) : null);
  };
  for (const type of ["focusin", "pointerover", "pointerleave", "focusout"]) {
    list.addEventListener(type, show);
  }
  list.addEventListener("click", ({ target }) => {
    const key = keyAt(target);
    if (!key || !(target instanceof Element) || !target.closest("a")) return;
    rememberChosen(key, "list");
    mark(list, signs);
  });
  let from = cameBackTo();
  const arrived = (changes: MutationRecord[]) => {
    if (changes.some(({ type }) => type === "childList")) {
      mark(list, signs);
      signs.reorder();
    }
    if (from && list.dataset.state === "ready") {
      focusChosen(list, signs, from);
      from = null;
    }
  };
  new MutationObserver(arrived).observe(list, {
    childList: true,
    attributeFilter: ["data-state"],
  });
  mark(list, signs);
  // A page that was only put aside has its list still; its tiles may be old.
  window.addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    mark(list, signs);
    signs.retry(true);
  });
}

/** The entry and the sign of the place that was opened last are marked as such. */
function mark(list: HTMLElement, signs: SignsLayer): void {
  const key = chosenIn(window.location.href);
  for (const entry of list.querySelectorAll(".on")) {
    entry.classList.remove("on");
    entry.querySelector("a[aria-current]")?.removeAttribute("aria-current");
  }
  const entry = key ? entryOf(list, key) : null;
  entry?.classList.add("on");
  entry?.querySelector("a")?.setAttribute("aria-current", "true");
  signs.choose(key);
}

/** Back from a place: there where one was, unless one has gone elsewhere meanwhile. */
function focusChosen(list: HTMLElement, signs: SignsLayer, from: "map" | "list"): void {
  if (document.activeElement && document.activeElement !== document.body) return;
  const key = chosenIn(window.location.href);
  if (!key) return;
  const inList = entryOf(list, key)?.querySelector<HTMLElement>("a");
  const link = from === "map" ? (signs.linkOf(key) ?? inList) : inList;
  link?.focus({ preventScroll: true });
  link?.scrollIntoView({ block: "nearest" });
  if (from === "list") link?.scrollIntoView({ block: "center" });
}
