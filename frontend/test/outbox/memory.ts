/** A browser's storage in memory, and a server that can lose its answers. */
import "fake-indexeddb/auto";

import type { Answer } from "../../src/api";
import type { Server } from "../../src/outbox/sender";
import { newItem, type Item, type Photo, type Values } from "../../src/outbox/items";
import { Outbox } from "../../src/outbox/store";

let databases = 0;

export async function freshOutbox(): Promise<Outbox> {
  databases += 1;
  const outbox = await Outbox.open(`outbox-${String(databases)}`);
  await outbox.belongTo("ann");
  return outbox;
}

const CAFE: Partial<Values> = { name: "Copper Kettle", category: "food_drink" };

export function place(id: string, changes: Partial<Item> = {}): Item {
  const item = newItem(id, "ann", 1000);
  const values = { ...item.values, ...CAFE, lon: "-2.32", lat: "53.42" };
  return { ...item, values, state: "waiting", ...changes };
}

export function photo(id: string, item: string): Photo {
  return {
    id,
    item,
    owner: "ann",
    state: "waiting",
    bytes: new Uint8Array([1, 2, 3]).buffer,
    type: "image/jpeg",
    thumbnail: "",
    alt: "A blue door",
    showsPeople: false,
    addedAt: 1000,
    tries: 0,
    nextTryAt: 0,
    problem: "",
  };
}

export function answer(status: number, body: Record<string, unknown> = {}): Answer {
  return { status, body, retryAfterS: null };
}

type Say = (sent: Record<string, unknown>) => Answer | Promise<Answer>;

/** A server that keeps what arrives, and answers as it is told to. */
export class FakeServer implements Server {
  person = "ann";
  /** In the order in which things came. */
  arrived: string[] = [];
  tokens: string[] = [];
  places = new Map<string, Record<string, unknown>>();
  greets: () => Answer | Promise<Answer> = () =>
    answer(200, { person: this.person, csrf: `token-${String(this.greetings)}` });
  toPlace: Say = (sent) => this.take(sent);
  toPhoto: Say = () => answer(200);
  private greetings = 0;

  fetchOutbox = async (): Promise<Answer> => {
    this.greetings += 1;
    return this.greets();
  };

  sendPlace = async (sent: object, csrf: string): Promise<Answer> => {
    const known = sent as Record<string, unknown>;
    this.arrived.push(`place ${String(known.id)}`);
    this.tokens.push(csrf);
    return this.toPlace(known);
  };

  sendPhoto = async (form: FormData, csrf: string): Promise<Answer> => {
    this.arrived.push(`photo ${String(form.get("id"))}`);
    this.tokens.push(csrf);
    return this.toPhoto(Object.fromEntries(form));
  };

  /** As the real one does: the same id is the same place. */
  take(sent: Record<string, unknown>): Answer {
    const id = String(sent.id);
    const known = this.places.has(id);
    if (!known) this.places.set(id, sent);
    return answer(known ? 200 : 201, { id: 7, url: "/places/7/", published: true });
  }
}

export function lostSignal(): never {
  throw new TypeError("Failed to fetch");
}
