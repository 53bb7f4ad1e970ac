/**
 * Sends what waits, one by one: a place, then its photos. May be cut off anywhere and
 * begun again, since the server knows each by its UUID.
 */
import type { Answer } from "../api";
import { waitMs, type Alike, type Item, type Photo, type Problem } from "./items";
import type { Outbox } from "./store";

export interface Server {
  fetchOutbox: () => Promise<Answer>;
  sendPlace: (place: object, csrf: string) => Promise<Answer>;
  sendPhoto: (form: FormData, csrf: string) => Promise<Answer>;
}

/** How a round of sending ended. */
export type Outcome = "done" | "offline" | "signed_out" | "not_allowed";

export interface Round {
  outcome: Outcome;
  /** Why it is not allowed, in the server's words. */
  detail: string;
  /** When something is to be tried again: milliseconds since 1970; null for never. */
  nextTryAt: number | null;
}

type Next = "go_on" | "offline" | "signed_out";

export class Sender {
  private readonly outbox: Outbox;
  private readonly server: Server;
  private readonly now: () => number;
  private readonly onChange: () => Promise<void> | void;

  constructor(
    outbox: Outbox,
    server: Server,
    onChange: () => Promise<void> | void = () => undefined,
    now: () => number = Date.now,
  ) {
    this.outbox = outbox;
    this.server = server;
    this.onChange = onChange;
    this.now = now;
  }

  /** Asks who is signed in; the token that comes with it is only ever used at once. */
  async greet(): Promise<{ outcome: Outcome; csrf: string; detail: string }> {
    let answer: Answer;
    try {
      answer = await this.server.fetchOutbox();
    } catch {
      return { outcome: "offline", csrf: "", detail: "" };
    }
    const { person, csrf } = answer.body;
    if (answer.status === 200 && typeof person === "string" && person) {
      await this.outbox.belongTo(person);
      return { outcome: "done", csrf: String(csrf), detail: "" };
    }
    const detail = text(answer.body.detail);
    if (answer.status === 401) return { outcome: "signed_out", csrf: "", detail };
    if (answer.status === 403) return { outcome: "not_allowed", csrf: "", detail };
    return { outcome: "offline", csrf: "", detail };
  }

  /** Sends all that is due; `all`: also what would wait longer after a failed try. */
  async send({ all }: { all: boolean }): Promise<Round> {
    const { outcome, csrf, detail } = await this.greet();
    let end = outcome;
    if (outcome === "done") {
      for (const item of await this.outbox.items()) {
        const next = await this.sendItem(item, csrf, all);
        if (next !== "go_on") {
          end = next;
          break;
        }
      }
    }
    await this.onChange();
    return { outcome: end, detail, nextTryAt: await this.nextTryAt() };
  }

  private async sendItem(listed: Item, csrf: string, all: boolean): Promise<Next> {
    if (listed.state === "waiting" && (all || listed.nextTryAt <= this.now())) {
      const next = await this.sendPlace(listed, csrf);
      if (next !== "go_on") return next;
    }
    const item = await this.outbox.get(listed.id);
    if (item?.state !== "sent") return "go_on"; // a photo never goes before its place
    for (const photo of await this.outbox.photosOf(item.id)) {
      if (photo.state !== "waiting") continue;
      if (!all && photo.nextTryAt > this.now()) continue;
      const next = await this.sendPhoto(photo, csrf);
      if (next !== "go_on") return next;
    }
    return "go_on";
  }

  private async sendPlace({ id }: Item, csrf: string): Promise<Next> {
    const item = await this.outbox.change(id, ["waiting"], ({ tries }) => ({
      state: "sending",
      tries: tries + 1,
    }));
    if (!item) return "go_on"; // somebody has opened it meanwhile
    await this.onChange();
    const place = {
      id,
      ...filled(item.values),
      ...(item.notSame && { not_same: true }),
    };
    const answer = await this.server.sendPlace(place, csrf).catch(() => null);
    const wait = waitMs(item.tries, answer?.retryAfterS ?? null);
    const after = answer && settled(answer, item, this.now());
    await this.outbox.change(id, ["sending"], () => {
      return after ?? { state: "waiting", nextTryAt: this.now() + wait };
    });
    await this.onChange();
    return nextAfter(answer);
  }

  private async sendPhoto(photo: Photo, csrf: string): Promise<Next> {
    const form = new FormData();
    form.set("id", photo.id);
    form.set("item", photo.item);
    form.set("alt", photo.alt);
    if (photo.showsPeople) form.set("shows_people", "yes");
    form.set("file", new Blob([photo.bytes], { type: photo.type }), "photo.jpg");
    const answer = await this.server.sendPhoto(form, csrf).catch(() => null);
    const tries = photo.tries + 1;
    const status = answer?.status ?? 0;
    if (status === 200 || status === 201) {
      // What has arrived is no longer wanted here, and phones are small.
      const bytes = new ArrayBuffer(0);
      await this.outbox.changePhoto(photo.id, { state: "sent", bytes, problem: "" });
    } else if (answer && [400, 404, 413].includes(status)) {
      const problem = saidOfPhoto(answer);
      await this.outbox.changePhoto(photo.id, { state: "needs_you", tries, problem });
    } else {
      const wait = waitMs(tries, answer?.retryAfterS ?? null);
      const nextTryAt = this.now() + wait;
      await this.outbox.changePhoto(photo.id, { tries, nextTryAt });
    }
    await this.onChange();
    return nextAfter(answer);
  }

  private async nextTryAt(): Promise<number | null> {
    const times: number[] = [];
    for (const item of await this.outbox.items()) {
      if (item.state === "waiting") times.push(item.nextTryAt);
      if (item.state !== "sent") continue;
      const photos = await this.outbox.photosOf(item.id);
      times.push(
        ...photos.filter((p) => p.state === "waiting").map((p) => p.nextTryAt),
      );
    }
    return times.length ? Math.min(...times) : null;
  }
}

/** An empty field is not sent: the server puts what its own empty form has. */
function filled(values: object): Record<string, string> {
  const entries = Object.entries(values) as [string, string][];
  return Object.fromEntries(entries.filter(([, value]) => value.trim()));
}

function nextAfter(answer: Answer | null): Next {
  if (!answer) return "offline";
  return answer.status === 401 ? "signed_out" : "go_on";
}

/** What an answer makes of a place; null where it says nothing, and it is tried again. */
function settled(
  { status, body }: Answer,
  item: Item,
  now: number,
): Partial<Item> | null {
  if (status === 200 || status === 201) {
    const differs = Array.isArray(body.differs) ? body.differs.map(text) : [];
    const url = text(body.url);
    if (item.tries > 1 && differs.length) {
      return needsYou({ kind: "arrived", url, differs });
    }
    const published = body.published === true;
    return { state: "sent", sentAt: now, url, published, problem: null };
  }
  if (status === 409) return needsYou({ kind: "alike", alike: readAlike(body.alike) });
  if (status === 400) {
    const errors = readErrors(body.errors);
    return needsYou({ kind: "fields", errors, detail: text(body.detail) });
  }
  if (status === 413) return needsYou({ kind: "refused", detail: text(body.detail) });
  return null;
}

function needsYou(problem: Problem): Partial<Item> {
  return { state: "needs_you", problem };
}

function readAlike(found: unknown): Alike[] {
  if (!Array.isArray(found)) return [];
  return found.map((one: Record<string, unknown>) => ({
    name: text(one.name),
    url: text(one.url),
    why: text(one.why),
  }));
}

function readErrors(errors: unknown): Record<string, string[]> {
  if (typeof errors !== "object" || errors === null) return {};
  return Object.fromEntries(
    Object.entries(errors).map(([name, said]: [string, unknown]) => [
      name,
      (Array.isArray(said) ? said : [said]).map(text),
    ]),
  );
}

function saidOfPhoto({ status, body }: Answer): string {
  if (status === 404) return "The place it belongs to is no longer there.";
  const said = Object.values(readErrors(body.errors)).flat();
  return said.join(" ") || text(body.detail) || "The photo was refused.";
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
