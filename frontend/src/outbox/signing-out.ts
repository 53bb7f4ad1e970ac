/**
 * Signing out deletes what a walk-round has left on this phone: says so first, and only
 * does it once the server has said goodbye.
 */
import { sendForm } from "../api";
import { element, icon } from "../dom";
import { isKept, Outbox, wipe } from "./store";
import { places } from "./words";

export async function askFirst(form: HTMLFormElement): Promise<void> {
  if (!(await isKept())) return;
  const outbox = await Outbox.open();
  const unsent = await outbox.unsent();
  outbox.close();
  if (unsent) warn(form, unsent);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void goodbye(form, event.submitter);
  });
}

function warn(form: HTMLFormElement, unsent: number): void {
  const one = unsent === 1;
  const words = `${places(unsent)} ${one ? "is" : "are"} not sent yet.`;
  const inner = element(
    "div",
    {},
    element("h2", { class: "as-h3 mb0" }, words),
    element(
      "p",
      {},
      `${one ? "It is" : "They are"} on this phone alone. Signing out deletes ${one ? "it" : "them"}.`,
    ),
    element("a", { class: "btn wide", href: "/places/walk/#queue" }, "Send first"),
  );
  const note = element("div", { class: "note warn", role: "alert" });
  note.append(icon("alert"), inner);
  form.prepend(note);
  const button = form.querySelector("button");
  button?.replaceChildren(`Sign out and delete ${one ? "it" : "them"}`);
  button?.classList.add("quiet");
}

async function goodbye(form: HTMLFormElement, submitter: HTMLElement | null) {
  try {
    const next = await sendForm(form, submitter);
    await wipe();
    window.location.assign(next);
  } catch {
    const words = "No signal: you are still signed in, and nothing is deleted.";
    form.prepend(element("p", { class: "err", role: "alert" }, words));
  }
}
