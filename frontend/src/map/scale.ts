/** A map's scale in metres and in miles, as people here read both. Pure. */

export interface ScaleBar {
  /** How long the bar is. */
  width: number;
  words: string;
}

const METRES_TO_A_MILE = 1609.344;
const METRES_TO_A_YARD = 0.9144;
const STEPS = [1, 2, 5];

/** The longest round lengths that fit in `most` pixels: metric, then miles. */
export function scaleBars(metresPerPixel: number, most: number): [ScaleBar, ScaleBar] {
  const metres = metresPerPixel * most;
  return [metric(metres, metresPerPixel), imperial(metres, metresPerPixel)];
}

function metric(most: number, perPixel: number): ScaleBar {
  const metres = roundDown(most);
  const words = metres >= 1000 ? `${String(metres / 1000)} km` : `${String(metres)} m`;
  return { width: Math.round(metres / perPixel), words };
}

function imperial(most: number, perPixel: number): ScaleBar {
  const miles = most / METRES_TO_A_MILE;
  if (miles >= 1) {
    const round = roundDown(miles);
    const words = round === 1 ? "1 mile" : `${String(round)} miles`;
    return { width: Math.round((round * METRES_TO_A_MILE) / perPixel), words };
  }
  if (miles >= 0.25) {
    const round = miles >= 0.5 ? 0.5 : 0.25;
    const words = round === 0.5 ? "½ mile" : "¼ mile";
    return { width: Math.round((round * METRES_TO_A_MILE) / perPixel), words };
  }
  const yards = roundDown(most / METRES_TO_A_YARD);
  return {
    width: Math.round((yards * METRES_TO_A_YARD) / perPixel),
    words: `${String(yards)} yards`,
  };
}

/** 1, 2 or 5 with noughts behind. */
function roundDown(value: number): number {
  const tens = 10 ** Math.floor(Math.log10(value));
  const steps = STEPS.map((step) => step * tens).filter((step) => step <= value);
  return Math.max(...steps);
}
