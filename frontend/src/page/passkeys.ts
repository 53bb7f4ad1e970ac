/** Passkeys: offered where the browser knows them, and told in words when one fails. */

export function offerPasskeys(root: Document): void {
  if (!("PublicKeyCredential" in window)) {
    return;
  }
  for (const button of root.querySelectorAll<HTMLElement>("[data-passkey]")) {
    button.hidden = false;
  }
  // allauth's script says so instead of writing to the page itself.
  root.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const said = root.querySelector<HTMLElement>("[data-passkey-error]");
    if (said) {
      said.hidden = false;
    }
  });
}
