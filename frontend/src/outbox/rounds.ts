/** When to send: at the start, when a signal comes back, at the button, and again later. */
import type { Round, Sender } from "./sender";

const LOCK = "fans-outbox";
/** A signal may be there although the browser has not noticed. */
const LONGEST_SLEEP_MS = 5 * 60_000;

export class Rounds {
  private readonly sender: Sender;
  private readonly onEnd: (round: Round) => void;
  private timer: number | undefined;
  private running: Promise<void> | null = null;
  private again = false;

  constructor(sender: Sender, onEnd: (round: Round) => void) {
    this.sender = sender;
    this.onEnd = onEnd;
  }

  start(): void {
    window.addEventListener("online", () => void this.send());
    void this.send();
  }

  /** Sends now what waits; asked for meanwhile, it does so once more at the end. */
  async send(): Promise<void> {
    this.again = true;
    this.running ??= this.run().finally(() => {
      this.running = null;
    });
    await this.running;
  }

  private async run(): Promise<void> {
    while (this.again) {
      this.again = false;
      const round = await alone(() => this.sender.send({ all: true }));
      if (round) this.finish(round);
    }
  }

  private finish(round: Round): void {
    this.onEnd(round);
    window.clearTimeout(this.timer);
    if (round.nextTryAt === null || round.outcome !== "done") {
      if (round.outcome === "offline") this.sleep(LONGEST_SLEEP_MS);
      return;
    }
    this.sleep(
      Math.min(LONGEST_SLEEP_MS, Math.max(1000, round.nextTryAt - Date.now())),
    );
  }

  private sleep(ms: number): void {
    this.timer = window.setTimeout(() => void this.due(), ms);
  }

  private async due(): Promise<void> {
    if (this.running) return;
    const round = await alone(() => this.sender.send({ all: false }));
    if (round) this.finish(round);
  }
}

/** Lets one tab send at a time; where browsers know no locks, the server takes each once. */
async function alone(act: () => Promise<Round>): Promise<Round | null> {
  const locks = (navigator as { locks?: LockManager }).locks;
  if (!locks) return act();
  return locks.request(LOCK, act);
}
