/** "Near the library": words become a list of what they may mean, and the map goes there. */
import { fetchNear, type Landmark } from "../api";
import { element } from "../dom";
import type { LonLat } from "../geo";

/** "Sale Library, Libraries and bookshops, 350 m from here" Pure. */
export function landmarkWords({ name, what, distance_m: away }: Landmark): string {
  if (away === null) return `${name}, ${what}`;
  const far = away < 1000 ? `${String(away)} m` : `${(away / 1000).toFixed(1)} km`;
  return `${name}, ${what}, ${far} from here`;
}

/** What is said of how many were found. Pure. */
export function foundWords(count: number, words: string): string {
  if (count === 0) {
    return `We know no place called “${words}” near here. Put a postcode, or move the map.`;
  }
  return count === 1 ? "One place found." : `${String(count)} places found. Which one?`;
}

/** Makes the field of a form search; `go` moves the map, `around` is where it is now. */
export function searchNear(
  box: HTMLElement,
  around: () => LonLat,
  go: (point: LonLat) => void,
): void {
  const field = box.querySelector<HTMLInputElement>("input[type=text]");
  const button = box.querySelector<HTMLButtonElement>("[data-near-go]");
  const said = box.querySelector<HTMLElement>("[data-near-said]");
  const list = box.querySelector<HTMLElement>("[data-near-found]");
  if (!field || !button || !said || !list) return;
  button.hidden = false;
  let asking = new AbortController();

  const choose = (landmark: Landmark) => {
    go([landmark.lon, landmark.lat]);
    list.replaceChildren();
    said.textContent = `The map shows ${landmark.name}. Move it until the cross is on the door.`;
  };
  const search = async () => {
    const words = field.value.trim();
    asking.abort();
    asking = new AbortController();
    if (!words) return;
    try {
      const found = await fetchNear(words, around(), asking.signal);
      said.textContent = foundWords(found.length, words);
      list.replaceChildren(...found.map((each) => row(each, choose)));
      const [only] = found;
      if (only && found.length === 1) choose(only);
    } catch (error) {
      if (asking.signal.aborted) return;
      said.textContent = "The search gave no answer. Move the map instead.";
      console.warn("near", error);
    }
  };
  button.addEventListener("click", () => void search());
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // it searches; it does not send the form
    void search();
  });
}

function row(landmark: Landmark, choose: (one: Landmark) => void): HTMLElement {
  const button = element("button", { type: "button", class: "btn small quiet wide" });
  button.append(landmarkWords(landmark));
  button.addEventListener("click", () => {
    choose(landmark);
  });
  return element("li", {}, button);
}
