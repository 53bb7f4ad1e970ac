/** "Near me": the map goes where the device says it is, and nobody keeps it. */
import { nearMeAddress, whyNotNear } from "./words";

const PATIENCE_MS = 12_000;

export function offerNearMe(form: HTMLFormElement, go: (url: string) => void): void {
  const button = form.querySelector<HTMLButtonElement>("[data-near-me]");
  const said = form.querySelector<HTMLElement>("[data-near-said]");
  if (!button || !said || !("geolocation" in navigator)) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    said.textContent = "Looking for where you are.";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        said.textContent = "";
        const onMap = window.location.pathname === "/map/";
        const query = onMap ? window.location.search : "";
        go(nearMeAddress(query, coords.longitude, coords.latitude));
      },
      ({ code }) => {
        said.textContent = whyNotNear(code);
      },
      { timeout: PATIENCE_MS, maximumAge: 60_000 },
    );
  });
}
