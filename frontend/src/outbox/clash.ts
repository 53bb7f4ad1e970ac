/** Asks whether a noted place is one that we have: nothing is lost until it is said. */
import { element, icon } from "../dom";
import type { Alike, Item } from "./items";

export interface Answers {
  same: (found: Alike) => void;
  another: () => void;
  later: () => void;
}

export function clashScreen(item: Item, answers: Answers): HTMLElement {
  const alike = item.problem?.kind === "alike" ? item.problem.alike : [];
  const list = element("ul", { class: "plain-list stack tight" });
  list.append(...alike.map((found) => choice(found, answers)));
  const title = alike.length === 1 ? "Is it this one?" : "Is it one of these?";
  const heading = element("h2", { class: "as-h3 mb0", tabindex: "-1" }, title);
  const said = element("p", {}, "You noted ", element("b", {}, item.values.name));
  said.append(". Something like it is on the map close by. Nothing is sent yet.");
  const inner = element("div", {}, heading, said, list);
  inner.append(
    wide("It is another: send it", "btn wide big", answers.another),
    wide("Decide later", "btn wide big plain", answers.later),
  );
  const note = element("div", { class: "note warn clash", role: "group" });
  note.append(icon("merge"), inner);
  return note;
}

function choice(found: Alike, answers: Answers): HTMLElement {
  const told = element(
    "p",
    { class: "mb0" },
    element("b", {}, found.name),
    `: ${found.why}`,
  );
  const button = wide("It is this one", "btn wide big quiet", () => {
    answers.same(found);
  });
  button.append(element("span", { class: "vh" }, `: ${found.name}`));
  return element("li", {}, told, button);
}

function wide(words: string, look: string, act: () => void): HTMLButtonElement {
  const node = element("button", { type: "button", class: look }, words);
  node.addEventListener("click", act);
  return node;
}
