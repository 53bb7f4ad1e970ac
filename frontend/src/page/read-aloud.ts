/**
 * Reads a question and its answers aloud, where the browser can. The button is hidden
 * without scripts and without a voice; nothing leaves the device.
 */

export function offerReadingAloud(root: Document): void {
  const button = root.querySelector<HTMLButtonElement>("button[data-read-aloud]");
  const part = root.querySelector<HTMLElement>("[data-read]");
  if (!button || !part || !("speechSynthesis" in window)) return;
  const words = button.querySelector("span");
  const start = words?.textContent ?? "";
  const voice = window.speechSynthesis;

  const show = (speaking: boolean): void => {
    if (words) words.textContent = speaking ? (button.dataset["stop"] ?? "") : start;
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    if (voice.speaking) {
      voice.cancel();
      show(false);
      return;
    }
    const said = new SpeechSynthesisUtterance(textsOf(part).join(". "));
    said.lang = root.documentElement.lang;
    said.rate = 0.9;
    said.onend = () => {
      show(false);
    };
    show(true);
    voice.speak(said);
  });
  window.addEventListener("pagehide", () => {
    voice.cancel();
  });
}

/** The question, then each answer: what stands on the screen, without the buttons. */
export function textsOf(part: HTMLElement): string[] {
  const pieces = part.querySelectorAll<HTMLElement>("h1, label");
  return [...pieces].map((piece) => piece.textContent.trim().replace(/[.?]$/, ""));
}
