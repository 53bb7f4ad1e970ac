/**
 * Draws signs: a ring, an arch, "23 places". Each look is drawn once and stamped from
 * then on, so that a screen of hundreds costs a screen of copies.
 */
import type { Sign } from "./gather";
import { colourOf } from "./scheme";
import { badgeOf, countWords, type SignKind } from "./signs";
import { SignSymbols } from "./sign-symbols";

/** In pixels at a type size of 16; all grows with the reader's own. */
const RING = 40;
const RING_LINE = 2;
const SYMBOL = 22;
const BADGE = 18;
const CHOSEN = 48;
const CHOSEN_LINE = 4;
/** Around the chosen one: a gap, and the brass ring. */
const HALO = 3;
const SHADOW = 12;
/** A sign for more than this has a thicker edge. */
const LARGE = 50;
const MOST_STAMPS = 600;

interface Size {
  width: number;
  height: number;
}
interface Stamp extends Size {
  picture: HTMLCanvasElement;
}
type Draw = (context: CanvasRenderingContext2D) => void;

export class SignArt {
  private readonly stamps = new Map<string, Stamp>();
  private readonly pills = new Map<string, Pill>();
  private readonly symbols: SignSymbols;
  private readonly text = document.createElement("canvas").getContext("2d");
  private readonly family: string;
  /** Of the reader's type size to the usual one. */
  readonly scale: number;

  constructor(container: HTMLElement, onReady: () => void) {
    this.family = window.getComputedStyle(container).fontFamily;
    const root = window.getComputedStyle(document.documentElement);
    this.scale = (parseFloat(root.fontSize) || 16) / 16;
    const redraw = () => {
      this.forget();
      onReady();
    };
    this.symbols = new SignSymbols(redraw);
    const faces = ["400 16px", "700 19px"].map((face) =>
      document.fonts.load(`${face} ${this.family}`),
    );
    void Promise.allSettled(faces).then(redraw);
  }

  /** Draws all anew: the colours, the screen or the type are others. */
  forget(): void {
    this.stamps.clear();
    this.pills.clear();
  }

  /** How much room a sign takes, in pixels of the page. */
  size(sign: Sign, kind: SignKind): Size {
    if (sign.place) return { width: RING * this.scale, height: RING * this.scale };
    const { width, height } = this.pill(sign, kind);
    return { width: width * this.scale, height: height * this.scale };
  }

  /** Draws a sign with its middle at (x, y). */
  draw(
    context: CanvasRenderingContext2D,
    sign: Sign,
    kind: SignKind,
    { x, y, chosen }: { x: number; y: number; chosen: boolean },
  ): void {
    const { picture, width, height } = sign.place
      ? this.ringStamp(sign, kind, chosen)
      : this.pillStamp(sign, kind, chosen);
    const [w, h] = [width * this.scale, height * this.scale];
    context.drawImage(picture, x - w / 2, y - h / 2, w, h);
  }

  private ringStamp({ place }: Sign, kind: SignKind, chosen: boolean): Stamp {
    const badge = place && badgeOf(place, kind);
    const look = kind.isHome ? "home" : `${place?.category ?? ""} ${badge ?? ""}`;
    const side = (chosen ? CHOSEN + 4 * HALO : RING) + 2 * SHADOW;
    return this.stamp(`${look} ${String(chosen)}`, side, side, (context) => {
      const size = chosen ? CHOSEN : RING;
      if (kind.isHome) this.arch(context, size, chosen);
      else this.ring(context, place?.category ?? "", kind, size, chosen);
      if (badge) this.badge(context, badge);
    });
  }

  private ring(
    context: CanvasRenderingContext2D,
    category: string,
    kind: SignKind,
    size: number,
    chosen: boolean,
  ): void {
    const colour = colourOf(`--fam-${kind.families[category] ?? "serve"}`);
    const line = chosen ? CHOSEN_LINE : RING_LINE;
    if (chosen) halo(context, (grow) => disc(context, size / 2 + grow));
    shadowed(context, () => {
      disc(context, size / 2);
    });
    context.fillStyle = colour;
    disc(context, size / 2);
    context.fillStyle = colourOf("--card");
    disc(context, size / 2 - line);
    this.symbol(context, `i-${category}`, colour, 0, 0, SYMBOL);
  }

  private arch(context: CanvasRenderingContext2D, size: number, chosen: boolean): void {
    const shape = (grow: number) => {
      const half = size / 2 + grow;
      const [top, foot] = [half, 4 + grow];
      context.beginPath();
      context.roundRect(-half, -half, 2 * half, 2 * half, [top, top, foot, foot]);
      context.fill();
    };
    if (chosen) halo(context, shape);
    shadowed(context, () => {
      shape(0);
    });
    context.fillStyle = colourOf("--door");
    shape(0);
    this.symbol(context, "mark", "", 0, 0, size - 4);
  }

  private badge(context: CanvasRenderingContext2D, badge: string): void {
    const [x, y] = [RING / 2 - BADGE / 4, -RING / 2 + BADGE / 4];
    context.translate(x, y);
    context.fillStyle = colourOf("--card");
    disc(context, BADGE / 2);
    this.symbol(context, `i-${badge}`, colourOf("--brass-ink"), 0, 0, BADGE - 1);
    context.translate(-x, -y);
  }

  private pillStamp(sign: Sign, kind: SignKind, chosen: boolean): Stamp {
    const pill = this.pill(sign, kind);
    const room = 2 * (SHADOW + (chosen ? 2 * HALO : 0));
    const [width, height] = [pill.width + room, pill.height + room];
    const key = `${pill.figure} ${pill.noun} ${String(chosen)}`;
    return this.stamp(key, width, height, (context) => {
      const shape = (grow: number) => {
        const [w, h] = [pill.width + 2 * grow, pill.height + 2 * grow];
        const round = h / 2;
        const corners = kind.isHome ? [18, 18, 6, 6] : round;
        context.beginPath();
        context.roundRect(-w / 2, -h / 2, w, h, corners);
        context.fill();
      };
      if (chosen) halo(context, shape);
      shadowed(context, () => {
        shape(0);
      });
      context.fillStyle = colourOf("--door");
      shape(0);
      context.fillStyle = colourOf(kind.isHome ? "--door" : "--card");
      shape(-pill.line);
      context.fillStyle = colourOf(kind.isHome ? "--on-door" : "--door-dark");
      this.words(context, pill);
    });
  }

  private words(
    context: CanvasRenderingContext2D,
    { figure, noun, figureWidth, nounWidth }: Pill,
  ): void {
    const left = -(figureWidth + nounWidth) / 2;
    context.textBaseline = "alphabetic";
    context.font = `700 19px ${this.family}`;
    context.fillText(figure, left, 6);
    context.font = `400 16px ${this.family}`;
    context.fillText(` ${noun}`, left + figureWidth, 6);
  }

  private pill(sign: Sign, kind: SignKind): Pill {
    const key = `${String(sign.count)} ${sign.layer}`;
    const known = this.pills.get(key);
    if (known) return known;
    if (this.pills.size >= MOST_STAMPS) this.pills.clear();
    const pill = this.measurePill(sign, kind);
    this.pills.set(key, pill);
    return pill;
  }

  private measurePill(sign: Sign, kind: SignKind): Pill {
    const [figure, noun] = countWords(sign, kind);
    const figureWidth = this.measure(figure, `700 19px ${this.family}`);
    const nounWidth = this.measure(` ${noun}`, `400 16px ${this.family}`);
    const large = sign.count > LARGE;
    const line = large ? 5 : 3;
    const width = figureWidth + nounWidth + 2 * ((large ? 16 : 13) + line);
    const height = large ? 46 : 36;
    return { figure, noun, figureWidth, nounWidth, line, width, height };
  }

  private measure(words: string, font: string): number {
    if (!this.text) return 9 * words.length;
    this.text.font = font;
    return this.text.measureText(words).width;
  }

  private symbol(
    context: CanvasRenderingContext2D,
    id: string,
    colour: string,
    x: number,
    y: number,
    size: number,
  ): void {
    const pixels = Math.ceil(size * this.scale * window.devicePixelRatio);
    const picture = this.symbols.get(id, colour, pixels);
    if (picture) context.drawImage(picture, x - size / 2, y - size / 2, size, size);
  }

  private stamp(key: string, width: number, height: number, draw: Draw): Stamp {
    const known = this.stamps.get(key);
    if (known) return known;
    if (this.stamps.size >= MOST_STAMPS) this.stamps.clear();
    const picture = document.createElement("canvas");
    const sharp = this.scale * window.devicePixelRatio;
    picture.width = Math.ceil(width * sharp);
    picture.height = Math.ceil(height * sharp);
    const context = picture.getContext("2d");
    context?.scale(sharp, sharp);
    context?.translate(width / 2, height / 2);
    if (context) draw(context);
    const stamp = { picture, width, height };
    this.stamps.set(key, stamp);
    return stamp;
  }
}

interface Pill extends Size {
  figure: string;
  noun: string;
  figureWidth: number;
  nounWidth: number;
  line: number;
}

function disc(context: CanvasRenderingContext2D, radius: number): void {
  context.beginPath();
  context.arc(0, 0, radius, 0, 2 * Math.PI);
  context.fill();
}

function halo(context: CanvasRenderingContext2D, shape: (grow: number) => void): void {
  context.fillStyle = colourOf("--brass");
  shape(2 * HALO);
  context.fillStyle = colourOf("--card");
  shape(HALO);
}

function shadowed(context: CanvasRenderingContext2D, draw: () => void): void {
  context.save();
  context.shadowColor = "rgb(35 32 29 / 0.3)";
  context.shadowBlur = SHADOW * window.devicePixelRatio;
  context.shadowOffsetY = 2 * window.devicePixelRatio;
  context.fillStyle = colourOf("--card");
  draw();
  context.restore();
}
