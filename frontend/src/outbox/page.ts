/** The walk-round: one place in the form, the others in the list below it. */
import { element, icon } from "../dom";
import { drawBar } from "./bar";
import { clashScreen } from "./clash";
import { fillForm, readForm, showErrors } from "./form";
import { isEmpty, missing, newItem, type Item, type Photo } from "./items";
import { rows, type Listed } from "./list";
import type { Parts } from "./parts";
import { photoRows } from "./photo-list";
import { keepPhoto } from "./pictures";
import { mayAskWhere, PlaceMap, whereIAm } from "./place-map";
import { Rounds } from "./rounds";
import type { Round, Sender } from "./sender";
import { askToStay, type Outbox } from "./store";
import { saidOf, stopWords } from "./words";

export class WalkPage {
  private readonly parts: Parts;
  private readonly outbox: Outbox;
  private readonly rounds: Rounds;
  private readonly map: PlaceMap | null;
  private current: Item;
  private ended: Round | null = null;
  private follows = false;
  /** Photos being scaled down: they belong to the place that is in the form now. */
  private reading: Promise<void> = Promise.resolve();

  constructor(parts: Parts, outbox: Outbox, sender: Sender, current: Item) {
    this.parts = parts;
    this.outbox = outbox;
    this.current = current;
    this.rounds = new Rounds(sender, (round) => {
      this.ended = round;
      void this.afterRound();
    });
    this.map =
      parts.map &&
      new PlaceMap(parts.map, ([lon, lat]) => {
        this.placed(lon, lat, "The cross is where the place is.");
      });
  }

  async start(): Promise<void> {
    const { form, here, send } = this.parts;
    form.addEventListener("input", () => void this.keepDraft());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.save();
    });
    for (const field of this.parts.photoFields) {
      field.addEventListener("change", () => {
        this.addPhotos(field);
      });
    }
    here.addEventListener("click", () => {
      this.follows = true;
      void this.locate();
    });
    send.addEventListener("click", () => void this.rounds.send());
    window.addEventListener("offline", () => void this.draw());
    await this.open(this.current);
    this.follows = await mayAskWhere();
    if (this.follows && !this.current.values.lon) void this.locate();
    this.rounds.start();
  }

  /** Draws the list and the bar anew, from what is kept. */
  async draw(): Promise<void> {
    const { parts, outbox } = this;
    const items = (await outbox.items()).filter(({ id }) => id !== this.current.id);
    const listed = await Promise.all(
      items.map(async (item): Promise<Listed> => {
        return { item, photos: await outbox.photosOf(item.id) };
      }),
    );
    const acts = {
      open: (item: Item) => void this.look(item),
      remove: (item: Item) => void this.remove(item, "Removed"),
      leavePhotosOut: (photos: Photo[]) => void this.leaveOut(photos),
    };
    parts.list.replaceChildren(...rows(listed.reverse(), navigator.onLine, acts));
    const sent = items.filter(({ state }) => state === "sent").length;
    const busy = items.some(({ state }) => state === "sending");
    parts.progress.hidden = !busy;
    parts.progress.max = Math.max(1, items.length);
    parts.progress.value = sent;
    parts.queue.hidden = items.length === 0;
    parts.stop.hidden = items.length === 0;
    parts.stop.textContent = stopWords(items.length + 1);
    const asking = listed.filter(asks).length;
    drawBar(parts, this.ended, { unsent: await outbox.unsent(), asking });
  }

  private async afterRound(): Promise<void> {
    const items = await this.outbox.items();
    const asked = items.filter(({ state }) => state === "needs_you").length;
    const sent = items.filter(({ state }) => state === "sent").length;
    if (this.ended?.outcome === "done" && sent + asked > 0) {
      const needs = asked === 1 ? ", 1 needs you" : `, ${String(asked)} need you`;
      this.say(`${String(sent)} sent${asked ? needs : ""}.`);
    }
    await this.draw();
  }

  private say(words: string, ...more: Node[]): void {
    this.parts.said.replaceChildren(words, ...more);
  }

  /** Opens a place in the form; what the form held is kept and listed as not finished. */
  private async open(item: Item): Promise<void> {
    this.current = item;
    this.parts.clash.hidden = true;
    this.parts.form.hidden = false;
    fillForm(this.parts.form, item.values);
    if (item.problem?.kind === "fields" || item.problem?.kind === "refused") {
      const errors = item.problem.kind === "fields" ? item.problem.errors : {};
      showErrors(this.parts.form, errors, item.problem.detail);
    }
    const { lon, lat } = item.values;
    const there = lon && lat;
    this.map?.begin(there ? [Number(lon), Number(lat)] : null);
    this.parts.where.textContent = there ? "The cross is where the place is." : "";
    await this.drawPhotos();
    await this.draw();
  }

  private async look(listed: Item): Promise<void> {
    if (listed.problem?.kind === "alike") {
      this.ask(listed);
      return;
    }
    // From here on it is not sent until it is saved again.
    const item = await this.outbox.change(
      listed.id,
      ["draft", "waiting", "needs_you"],
      () => ({ state: "draft" }),
    );
    if (!item) return; // it is being sent this very moment
    if (isEmpty(this.current)) await this.dropIfBare(this.current);
    await this.open(item);
    this.parts.title.focus();
    this.parts.form.querySelector<HTMLElement>("[data-error-summary]")?.focus();
  }

  private async dropIfBare({ id }: Item): Promise<void> {
    if ((await this.outbox.photosOf(id)).length === 0) await this.outbox.drop(id);
  }

  private ask(item: Item): void {
    const { clash, form } = this.parts;
    const close = () => {
      clash.hidden = true;
      form.hidden = false;
      void this.draw();
    };
    const screen = clashScreen(item, {
      same: (found) => {
        void this.remove(item, `Left out, ${found.name} is on the map`).then(close);
      },
      another: () => {
        void this.outbox
          .change(item.id, ["needs_you"], () => {
            return { state: "waiting", notSame: true, problem: null, nextTryAt: 0 };
          })
          .then(close)
          .then(() => this.rounds.send());
      },
      later: close,
    });
    clash.replaceChildren(screen);
    clash.hidden = false;
    form.hidden = true;
    screen.querySelector("h2")?.focus();
  }

  private async remove(item: Item, words: string): Promise<void> {
    const from: Item["state"][] = ["draft", "waiting", "needs_you", "sent"];
    if (!(await this.outbox.change(item.id, from, () => ({ removed: true })))) return;
    const undo = element("button", { type: "button", class: "btn quiet" });
    undo.append(icon("undo", "ic sm"), " Undo");
    undo.addEventListener("click", () => {
      this.say(`${item.values.name || "It"} is back.`);
      void this.outbox
        .change(item.id, from, () => ({ removed: false }))
        .then(() => this.draw());
    });
    this.say(`${words}: ${item.values.name || "no name yet"}. `, undo);
    await this.draw();
    this.parts.queue.hidden = false; // the last one may be gone, but not its undo
  }

  private async leaveOut(photos: Photo[]): Promise<void> {
    for (const { id } of photos) await this.outbox.dropPhoto(id);
    await this.draw();
  }

  private async keepDraft(): Promise<void> {
    const draft: Item = { ...this.current, values: readForm(this.parts.form) };
    this.current = draft;
    if (await this.outbox.keepDraft(draft)) return;
    if (this.current.id !== draft.id) return; // it was this tab that saved it
    // Saved in another tab: what is typed here from now on is another place.
    this.current = { ...draft, id: crypto.randomUUID() };
    await this.outbox.keepDraft(this.current);
  }

  private placed(lon: number, lat: number, words: string): void {
    const { form, where } = this.parts;
    const fields: [string, number][] = [
      ["lon", lon],
      ["lat", lat],
    ];
    for (const [name, degrees] of fields) {
      const field = form.elements.namedItem(name);
      if (field instanceof HTMLInputElement) field.value = degrees.toFixed(6);
    }
    where.textContent = words;
    if (!isEmpty(this.current)) void this.keepDraft();
  }

  private async locate(): Promise<void> {
    const { where } = this.parts;
    const asked = this.current.id;
    where.textContent = "Looking for where you are…";
    const here = await whereIAm();
    if (this.current.id !== asked) return; // saved or left meanwhile
    if (!here) {
      where.textContent =
        "Your phone did not say where you are. Move the map under the cross, or put a postcode under “More”.";
      return;
    }
    this.map?.put(here.point);
    const [lon, lat] = here.point;
    this.placed(lon, lat, `Where you are, within ${String(here.withinM)} m.`);
  }

  private addPhotos(field: HTMLInputElement): void {
    const files = [...(field.files ?? [])];
    field.value = "";
    this.reading = this.reading.then(async () => {
      await this.keepDraft();
      for (const file of files) {
        const wrong = await keepPhoto(this.outbox, this.current, file);
        if (wrong) showErrors(this.parts.form, {}, wrong);
      }
      await this.drawPhotos();
    });
  }

  private async drawPhotos(): Promise<void> {
    const photos = await this.outbox.photosOf(this.current.id);
    const redraw = () => void this.drawPhotos();
    this.parts.photoList.replaceChildren(...photoRows(photos, this.outbox, redraw));
  }

  private async save(): Promise<void> {
    const { form, title } = this.parts;
    const values = readForm(form);
    const lacks = Object.entries(missing(values)).map(([name, words]) => [
      name,
      [words],
    ]);
    showErrors(form, Object.fromEntries(lacks) as Record<string, string[]>);
    if (lacks.length) {
      form.querySelector<HTMLElement>("[data-error-summary]")?.focus();
      return;
    }
    const place = this.current;
    await this.reading;
    if (this.current.id !== place.id) return; // pressed twice
    const kept: Item = {
      ...this.current,
      values,
      state: "waiting",
      savedAt: Date.now(),
      nextTryAt: 0,
      problem: null,
    };
    // First of all: whatever the map says from now on is about the next place.
    this.current = newItem(crypto.randomUUID(), kept.owner, Date.now());
    fillForm(form, this.current.values);
    await this.outbox.keep(kept);
    void askToStay();
    await this.open(this.current);
    this.say(`${values.name} is kept on this phone.`);
    title.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
    if (this.follows) void this.locate();
    void this.rounds.send();
  }
}

/** Whether a place, or one of its photos, needs an answer. */
function asks({ item, photos }: Listed): boolean {
  return saidOf(item, photos, true).mood === "bad";
}
