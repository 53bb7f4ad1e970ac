/** The bar above the map: no signal, signed out, not allowed; nothing while all is well. */
import { element, icon } from "../dom";
import type { Parts } from "./parts";
import type { Round } from "./sender";
import { places } from "./words";

/** How many places are on this phone alone, and how many of them ask something. */
export interface Counts {
  unsent: number;
  asking: number;
}

export function drawBar(
  { bar, signIn }: Pick<Parts, "bar" | "signIn">,
  ended: Round | null,
  { unsent, asking }: Counts,
): void {
  const outcome = navigator.onLine ? ended?.outcome : "offline";
  const wait = unsent ? ` ${places(unsent)} wait${unsent === 1 ? "s" : ""} here.` : "";
  const quiet = !outcome || outcome === "done";
  bar.hidden = quiet && asking === 0;
  if (quiet) {
    const words = said(`${places(asking)} need${asking === 1 ? "s" : ""} you.`, "");
    bar.replaceChildren(icon("alert"), words, toQueue());
    return;
  }
  if (outcome === "signed_out") {
    const link = element("a", { href: signIn }, "Sign in to send");
    bar.replaceChildren(icon("lock"), said("You are signed out.", wait), link);
  } else if (outcome === "not_allowed") {
    const why = said("Not sent.", ` ${ended?.detail ?? ""}`);
    bar.replaceChildren(icon("alert"), why);
  } else {
    const words = said("No signal.", wait || " Go on: it is kept on this phone.");
    bar.replaceChildren(icon("cloud-off"), words, ...(unsent ? [toQueue()] : []));
  }
}

function toQueue(): HTMLElement {
  return element("a", { href: "#queue" }, "See the list");
}

function said(bold: string, words: string): HTMLElement {
  return element("span", { class: "grow" }, element("b", {}, bold), words);
}
