/* Before anything is drawn: the colours that were chosen on this device, if any were.
   Set by frontend/src/page/scheme.ts; without it a page follows what the device asks for. */
try {
  var chosen = localStorage.getItem("colours");
  if (/^(day|night|contrast)$/.test(chosen)) {
    document.documentElement.setAttribute("data-scheme", chosen);
  }
} catch (error) {
  /* A browser that keeps nothing follows the device. */
}
