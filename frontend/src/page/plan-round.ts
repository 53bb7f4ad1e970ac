/** "From where I am": fills the form's two hidden fields with where the phone is, and sends it. */

const PATIENCE_MS = 15_000;

export function planFromHere(root: ParentNode): void {
  const box = root.querySelector<HTMLElement>("[data-here]");
  const form = box?.closest("form");
  const button = box?.querySelector<HTMLButtonElement>("[data-here-button]");
  const words = box?.querySelector<HTMLElement>("[data-here-words]");
  if (!box || !form || !button || !words || !("geolocation" in navigator)) return;
  const field = (name: string) =>
    form.querySelector<HTMLInputElement>(`input[name="${name}"]`);
  box.hidden = false;
  button.addEventListener("click", () => {
    words.textContent = "Looking for where you are.";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const [lon, lat, postcode] = [field("lon"), field("lat"), field("postcode")];
        if (!lon || !lat) return;
        lon.value = coords.longitude.toFixed(5);
        lat.value = coords.latitude.toFixed(5);
        if (postcode) postcode.value = "";
        form.requestSubmit();
      },
      ({ code }) => {
        words.textContent =
          code === 1
            ? "Your phone does not tell this page where you are. Put a postcode."
            : "Your phone does not know where it is just now. Put a postcode.";
      },
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 10_000 },
    );
  });
}
