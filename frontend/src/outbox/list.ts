/** Draws the list of what is on the phone, with what can be done about each place. */
import { element, icon } from "../dom";
import type { Item, Photo } from "./items";
import { saidOf } from "./words";

export interface Listed {
  item: Item;
  photos: Photo[];
}

export interface Acts {
  /** Opens a place in the form again, or the question about its look-alikes. */
  open: (item: Item) => void;
  remove: (item: Item) => void;
  leavePhotosOut: (photos: Photo[]) => void;
}

export function rows(listed: Listed[], online: boolean, acts: Acts): HTMLElement[] {
  return listed.map((one) => row(one, online, acts));
}

function row({ item, photos }: Listed, online: boolean, acts: Acts): HTMLElement {
  const said = saidOf(item, photos, online);
  const line = element("p", { class: said.mood === "quiet" ? "muted" : said.mood });
  line.append(icon(said.symbol, "ic sm"), ` ${said.words}`);
  const name = item.values.name.trim() || "No name yet";
  const title = element("h3", {}, name);
  if (item.url && /^\/places\/\d+\/$/.test(item.url)) {
    title.replaceChildren(element("a", { href: item.url }, name));
  }
  const grow = element("div", { class: "grow" }, title, line);
  if (photos.length) {
    const count = photos.length === 1 ? "1 photo" : `${String(photos.length)} photos`;
    if (item.state !== "sent") grow.append(element("p", { class: "muted" }, count));
  }
  const buttons = element("div", { class: "row tight" });
  buttons.append(...buttonsFor({ item, photos }, name, acts));
  if (buttons.childElementCount) grow.append(buttons);
  return element("li", { "data-item": item.id, "data-state": item.state }, grow);
}

function buttonsFor({ item, photos }: Listed, name: string, acts: Acts): Node[] {
  const found: Node[] = [];
  const add = (words: string, symbol: string, act: () => void) => {
    found.push(button(words, name, symbol, act));
  };
  const remove = () => {
    acts.remove(item);
  };
  const open = () => {
    acts.open(item);
  };
  if (item.state === "sending") return found; // it is on its way: nothing to do about it
  if (item.state === "sent") {
    const stuck = photos.filter(({ state }) => state === "needs_you");
    if (stuck.length) {
      add("Leave the photo out", "x", () => {
        acts.leavePhotosOut(stuck);
      });
    }
    return found;
  }
  if (item.problem?.kind === "arrived") {
    const edit = element(
      "a",
      { class: "btn quiet", href: `${item.problem.url}edit/` },
      "Correct it there",
    );
    found.push(edit);
    add("Put away", "check", remove);
    return found;
  }
  const words = item.problem?.kind === "alike" ? "Look" : item.problem ? "Fix" : "Edit";
  add(item.state === "draft" ? "Go on" : words, "edit", open);
  add("Remove", "x", remove);
  return found;
}

function button(words: string, name: string, symbol: string, act: () => void): Node {
  const node = element("button", { type: "button", class: "btn quiet" });
  node.append(icon(symbol, "ic sm"), ` ${words}`);
  node.append(element("span", { class: "vh" }, `: ${name}`));
  node.addEventListener("click", act);
  return node;
}
