/** Light and shade inside the contour, gathered into three layers so that each is blurred once. */

import { type Point, smooth } from './outline.ts';

/** Path data of each layer. */
interface Layers {
  line: string;
  hollow: string;
  glow: string;
}

/** Collects soft lines, hollows and lit bulges, on the picture's right or on both sides. */
export class Relief {
  readonly #layers: Layers = { line: '', hollow: '', glow: '' };

  line(...points: Point[]): this {
    return this.#add('line', points, false);
  }

  /** The same line on both sides of the body. */
  lines(...points: Point[]): this {
    return this.#add('line', points, true);
  }

  hollow(...points: Point[]): this {
    return this.#add('hollow', points, false);
  }

  hollows(...points: Point[]): this {
    return this.#add('hollow', points, true);
  }

  glow(...points: Point[]): this {
    return this.#add('glow', points, false);
  }

  glows(...points: Point[]): this {
    return this.#add('glow', points, true);
  }

  #add(layer: keyof Layers, points: readonly Point[], both: boolean): this {
    const closed = layer !== 'line';
    this.#layers[layer] += smooth(points, { closed });
    if (both)
      this.#layers[layer] += smooth(
        points.map(([x, y]): Point => [-x, y]),
        { closed },
      );
    return this;
  }

  /** The three layers as SVG; their look is in the photo's style sheet. */
  get svg(): string {
    return Object.entries(this.#layers)
      .filter(([, path]) => path !== '')
      .map(([layer, path]) => `<path class="${layer}" d="${path}"/>`)
      .join('');
  }
}
