/** While somebody types a place's name: what is there already and sounds like it. */
import { fetchAlike } from "../api";
import { readFragment } from "../dom";
import { fieldPoint } from "../map/pin-fields";

const QUIET_MS = 350;
const SHORTEST = 3;

/** What a screen reader is told; the list itself is not read out. Pure. */
export function alikeWords(count: number): string {
  if (count === 0) return "";
  const places = count === 1 ? "One place" : `${String(count)} places`;
  return `${places} like it close by. Is it one of these? They are listed after the name.`;
}

/** What is asked of the server: nothing but what a sign on a door says. Pure. */
export function question(said: Record<string, string>): URLSearchParams | null {
  const name = (said.name ?? "").trim();
  if (name.length < SHORTEST) return null;
  const asked = new URLSearchParams({ name });
  for (const key of ["category", "postcode"]) {
    if (said[key]) asked.set(key, said[key]);
  }
  const point = fieldPoint(said.lon ?? "", said.lat ?? "");
  if (point) {
    asked.set("lon", point[0].toFixed(6));
    asked.set("lat", point[1].toFixed(6));
  } else if (!said.postcode) return null;
  return asked;
}

export class AlikePanel {
  private readonly form: HTMLFormElement;
  private readonly panel: HTMLElement;
  private readonly said: HTMLElement;
  private readonly notThese: HTMLInputElement;
  private asking = new AbortController();
  private timer = 0;
  private asked = "";

  static over(form: HTMLFormElement): AlikePanel | null {
    const panel = form.querySelector<HTMLElement>("[data-alike]");
    const said = form.querySelector<HTMLElement>("[data-alike-said]");
    const notThese = form.elements.namedItem("not_these");
    if (!panel || !said || !(notThese instanceof HTMLInputElement)) return null;
    return new AlikePanel(form, panel, said, notThese);
  }

  private constructor(
    form: HTMLFormElement,
    panel: HTMLElement,
    said: HTMLElement,
    notThese: HTMLInputElement,
  ) {
    this.form = form;
    this.panel = panel;
    this.said = said;
    this.notThese = notThese;
    for (const name of ["input", "change"]) {
      form.addEventListener(name, () => {
        this.look();
      });
    }
    panel.addEventListener("click", (event) => {
      const target = event.target as Element;
      if (target.closest("[data-not-these]")) this.dismiss();
    });
  }

  /** Asks once nobody has typed for a moment; a question that is out of date is dropped. */
  look(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), QUIET_MS);
  }

  private async ask(): Promise<void> {
    const asked = question(this.values());
    const key = asked?.toString() ?? "";
    if (key === this.asked) return;
    this.asked = key;
    this.asking.abort();
    this.asking = new AbortController();
    const { signal } = this.asking;
    if (!asked) {
      this.show("");
      return;
    }
    try {
      const html = await fetchAlike(this.panel.dataset.alike ?? "", asked, signal);
      if (!signal.aborted) this.show(html);
    } catch (error) {
      if (signal.aborted) return;
      this.asked = "";
      this.show(""); // the server asks again once the form is sent
      console.warn("alike", error);
    }
  }

  private values(): Record<string, string> {
    const values: Record<string, string> = {};
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value === "string") values[name] = value;
    }
    return values;
  }

  private show(html: string): void {
    const before = this.shown().join();
    this.panel.replaceChildren(...readFragment(html));
    for (const item of this.panel.querySelectorAll<HTMLElement>("[data-asset]")) {
      if (this.dismissed().includes(item.dataset.asset ?? "")) item.remove();
    }
    const now = this.shown();
    this.panel.hidden = now.length === 0;
    if (now.join() !== before) this.said.textContent = alikeWords(now.length);
  }

  private dismiss(): void {
    const known = new Set([...this.dismissed(), ...this.shown()]);
    this.notThese.value = [...known].join(",");
    this.panel.replaceChildren();
    this.panel.hidden = true;
    this.said.textContent = "A new place, then.";
    this.form.querySelector<HTMLElement>("[name=name]")?.focus();
  }

  private shown(): string[] {
    const items = this.panel.querySelectorAll<HTMLElement>("[data-asset]");
    return [...items].map((item) => item.dataset.asset ?? "");
  }

  private dismissed(): string[] {
    return this.notThese.value.split(",").filter(Boolean);
  }
}
