/**
 * Shares the page's time: work that can wait is done a little at a time, in the order
 * in which it came, and whoever drags the map goes before it.
 */

/** After so long the page gets to answer, before the next piece is begun. */
const SLICE_MS = 8;

const waiting: (() => void)[] = [];
let isGoing = false;

/** Does `job` when its turn comes; resolves to what it returns. */
export function inTurn<T>(job: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    waiting.push(() => {
      try {
        resolve(job());
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    if (!isGoing) goOn();
  });
}

function goOn(): void {
  isGoing = waiting.length > 0;
  if (isGoing) setTimeout(doSome);
}

function doSome(): void {
  const until = performance.now() + SLICE_MS;
  do waiting.shift()?.();
  while (waiting.length > 0 && performance.now() < until);
  goOn();
}
