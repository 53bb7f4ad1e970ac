/** Lets what waits go first, such as a drag: long work is done in pieces. */
export async function letPageBreathe(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve);
  });
  signal.throwIfAborted();
}
