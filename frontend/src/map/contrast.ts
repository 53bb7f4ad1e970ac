/** How light colours are, and how well one shows on another, as WCAG 2.2 reckons. Pure. */

/** From "rgb(23, 82, 74)" or "#17524a"; null for anything else. */
export function readColour(text: string): [number, number, number] | null {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1];
  if (hex !== undefined) {
    const wide =
      hex.length === 3 ? [...hex].map((digit) => digit + digit).join("") : hex;
    const at = (index: number) => parseInt(wide.slice(index, index + 2), 16);
    return [at(0), at(2), at(4)];
  }
  const parts = /^rgba?\((\d+),\s*(\d+),\s*(\d+)/.exec(text.trim());
  return parts ? [Number(parts[1]), Number(parts[2]), Number(parts[3])] : null;
}

/** Relative luminance, 0 (black) to 1 (white). */
export function lightness(text: string): number {
  const [red, green, blue] = (readColour(text) ?? [255, 255, 255]).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function isDark(text: string): boolean {
  return lightness(text) < 0.18;
}

/** 1 (the same) to 21 (black on white). */
export function contrast(one: string, other: string): number {
  const [a, b] = [lightness(one), lightness(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}
