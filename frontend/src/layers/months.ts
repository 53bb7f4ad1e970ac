/** The slider over the months, and the button that lets them pass. */
import { icon } from "../dom";

export interface Month {
  label: string;
  span: string;
  summary: string;
}

const STEP_MS = 1600;

/** Shows the slider in `bar` and calls `show` with the month's number on every change. */
export function startMonths(
  bar: HTMLElement,
  months: Month[],
  show: (number: number) => void,
): void {
  const slider = bar.querySelector<HTMLInputElement>("[data-month]");
  const play = bar.querySelector<HTMLButtonElement>("[data-play]");
  if (!slider || !play) return;
  const go = (number: number) => {
    slider.value = String(number);
    write(bar, slider, months[number]);
    show(number);
  };
  slider.addEventListener("input", () => {
    player.stop();
    go(Number(slider.value));
  });
  const player = new Player(play, () => {
    const next = Number(slider.value) + 1;
    if (next < months.length) go(next);
    return next < months.length - 1;
  });
  play.addEventListener("click", () => {
    if (player.plays) {
      player.stop();
      return;
    }
    if (Number(slider.value) === months.length - 1) go(0);
    player.start();
  });
  // Who asked for less motion moves the months by hand.
  play.hidden = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  bar.hidden = false;
  go(Number(slider.value));
}

function write(
  bar: HTMLElement,
  slider: HTMLInputElement,
  month: Month | undefined,
): void {
  if (!month) return;
  const label = bar.querySelector("[data-month-label]");
  const summary = bar.querySelector("[data-month-summary]");
  if (label) label.textContent = month.label;
  if (summary) summary.textContent = `${month.summary} in ${month.span}.`;
  slider.setAttribute("aria-valuetext", `${month.label}: ${month.summary}`);
}

/** Takes a step every so often, from when somebody pressed until there is none left. */
class Player {
  private timer: number | undefined;

  constructor(
    private readonly button: HTMLButtonElement,
    private readonly step: () => boolean,
  ) {}

  get plays(): boolean {
    return this.timer !== undefined;
  }

  start(): void {
    this.timer = window.setInterval(() => {
      if (!this.step()) this.stop();
    }, STEP_MS);
    this.label("Stop", "x");
  }

  stop(): void {
    window.clearInterval(this.timer);
    this.timer = undefined;
    this.label("Play the months", "right");
  }

  private label(words: string, symbol: string): void {
    this.button.setAttribute("aria-label", words);
    this.button.replaceChildren(icon(symbol));
  }
}
