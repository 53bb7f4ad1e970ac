/** Measures names as the style sheet sets them, without laying them out. */
import { element } from "../dom";
import type { Rank } from "./labels";

export interface Size {
  width: number;
  height: number;
}

interface Face {
  font: string;
  spacing: number;
  height: number;
}

/** Room that the halo takes around the letters. */
const HALO_PX = 2;

export class TypeSetter {
  private readonly box: HTMLElement;
  private readonly context = document.createElement("canvas").getContext("2d");
  private readonly faces = new Map<Rank, Face>();

  /** `box` is where the names will stand: the style sheet speaks of what is in it. */
  constructor(box: HTMLElement) {
    this.box = box;
  }

  /** Asks the style sheet again: another font has come, the window is narrower. */
  forget(): void {
    this.faces.clear();
  }

  measure(text: string, rank: Rank): Size {
    const face = this.faceOf(rank);
    if (!this.context) return { width: text.length * 9, height: face.height };
    this.context.font = face.font;
    const width = this.context.measureText(text).width + text.length * face.spacing;
    return { width: Math.ceil(width) + 2 * HALO_PX, height: face.height };
  }

  private faceOf(rank: Rank): Face {
    const known = this.faces.get(rank);
    if (known) return known;
    const probe = nameElement("x", rank);
    this.box.append(probe);
    const style = window.getComputedStyle(probe);
    const face = {
      font: style.font,
      spacing: parseFloat(style.letterSpacing) || 0,
      height: Math.ceil(parseFloat(style.lineHeight)),
    };
    probe.remove();
    this.faces.set(rank, face);
    return face;
  }
}

export function nameElement(text: string, rank: Rank): HTMLElement {
  return element("span", { class: `pl ${rank}` }, text);
}
