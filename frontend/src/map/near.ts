/** Finds what is near a spot without looking at everything: a grid of buckets. Pure. */
import type { Pixel } from "../geo";

/** Of about the size of what is looked for around a spot. */
const BUCKET_PX = 64;

export class NearIndex<Item extends Pixel> {
  private readonly buckets = new Map<number, Item[]>();

  constructor(items: Iterable<Item> = []) {
    for (const item of items) this.add(item);
  }

  add(item: Item): void {
    const key = keyOf(bucket(item.x), bucket(item.y));
    const together = this.buckets.get(key);
    if (together) together.push(item);
    else this.buckets.set(key, [item]);
  }

  /** What may lie up to so far from a spot in each direction, and some beyond that. */
  *around({ x, y }: Pixel, reach: Pixel): Generator<Item> {
    const [right, bottom] = [bucket(x + reach.x), bucket(y + reach.y)];
    for (let row = bucket(y - reach.y); row <= bottom; row += 1) {
      for (let column = bucket(x - reach.x); column <= right; column += 1) {
        yield* this.buckets.get(keyOf(column, row)) ?? [];
      }
    }
  }
}

function bucket(pixel: number): number {
  return Math.floor(pixel / BUCKET_PX);
}

/** One number for both: at the closest zoom the world is 2^20 buckets wide. */
function keyOf(column: number, row: number): number {
  return column * 2 ** 22 + row;
}
