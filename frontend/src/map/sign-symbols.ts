/** The page's sprite as pictures for a canvas, each in the colour it is wanted in. */
import { fetchSprite } from "../api";

const SVG = "http://www.w3.org/2000/svg";
/** As the style sheet draws symbols: see .ic. */
const STROKE = {
  fill: "none",
  "stroke-width": "1.9",
  "stroke-linecap": "round",
  "stroke-linejoin": "round",
};

export class SignSymbols {
  private readonly pictures = new Map<string, HTMLImageElement>();
  private readonly sprite: Promise<Document>;
  private readonly onReady: () => void;

  /** `onReady` is called whenever one more can be drawn. */
  constructor(onReady: () => void) {
    this.onReady = onReady;
    this.sprite = fetchSprite(document.body.dataset.icons ?? "");
  }

  /** The picture of a symbol; null while it is still being made. */
  get(id: string, colour: string, pixels: number): HTMLImageElement | null {
    const key = [id, colour, pixels].join("|");
    const known = this.pictures.get(key);
    if (known) return known.complete && known.naturalWidth > 0 ? known : null;
    const picture = new Image(pixels, pixels);
    this.pictures.set(key, picture);
    this.make(picture, id, colour, pixels).then(this.onReady, (error: unknown) => {
      console.warn("symbol", id, error); // the ring and its name say what matters
    });
    return null;
  }

  private async make(
    picture: HTMLImageElement,
    id: string,
    colour: string,
    pixels: number,
  ): Promise<void> {
    const symbol = (await this.sprite).getElementById(id);
    if (!symbol) throw new Error(`The sprite has no ${id}.`);
    const svg = document.createElementNS(SVG, "svg");
    const box = symbol.getAttribute("viewBox") ?? "0 0 24 24";
    const size = String(pixels);
    const look = { viewBox: box, width: size, height: size, ...STROKE, stroke: colour };
    for (const [name, value] of Object.entries(look)) svg.setAttribute(name, value);
    if (id === "mark") svg.removeAttribute("stroke"); // it has colours of its own
    for (const part of symbol.children) svg.append(document.importNode(part, true));
    const text = new XMLSerializer().serializeToString(svg);
    picture.src = `data:image/svg+xml,${encodeURIComponent(text)}`;
    await picture.decode();
  }
}
