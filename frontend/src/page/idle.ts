/**
 * On a device that others use too: asks whether somebody is still there, and puts the
 * answers out of sight if nobody says so. The server does the same a little later.
 */

const ASKS_AFTER = 12 * 60_000;
const PUTS_AWAY_AFTER = 2 * 60_000;
const SIGNS_OF_LIFE = ["pointerdown", "keydown", "scroll", "input"] as const;

export function putAwayWhenIdle(root: Document): void {
  const dialog = root.querySelector<HTMLDialogElement>("dialog[data-idle-dialog]");
  const away = dialog?.querySelector<HTMLFormElement>("form[data-idle-away]");
  if (!dialog || !away) return;
  let timer: number | undefined;

  const ask = (): void => {
    dialog.showModal();
    timer = window.setTimeout(() => {
      away.submit();
    }, PUTS_AWAY_AFTER);
  };
  const wait = (): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, ASKS_AFTER);
  };
  const stay = (): void => {
    if (dialog.open) dialog.close();
    wait();
  };
  dialog.querySelector("[data-idle-stay]")?.addEventListener("click", stay);
  dialog.addEventListener("cancel", stay);
  for (const sign of SIGNS_OF_LIFE) {
    root.addEventListener(sign, () => {
      if (!dialog.open) wait();
    });
  }
  wait();
}
