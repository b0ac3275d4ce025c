/** Shrinks pictures as the server's image library does: with a filter as wide as the distance between the new pixels. */

/**
 * A filter: the weight of a pixel by its distance (in pixels of the smaller picture), and the distance beyond which it
 * is 0.
 */
interface Filter {
  readonly reach: number;
  weight(distance: number): number;
}

/** Linear interpolation, for the input of the networks. */
export const LINEAR: Filter = { reach: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) };

const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

/** Lanczos with three lobes, for the measurement of sharpness. */
export const LANCZOS: Filter = { reach: 3, weight: (x) => (Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0) };

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Resizes the part `from` of an RGB picture (one byte per channel) to the size `to`. */
export function resample(
  { pixels, width }: Size & { pixels: Uint8Array },
  from: Size & { left: number; top: number },
  to: Size,
  filter: Filter,
): Uint8Array {
  const across = tapsOf(from.width, to.width, filter);
  const down = tapsOf(from.height, to.height, filter);
  const rows = new Float32Array(from.height * to.width * 3);
  for (let y = 0; y < from.height; y++) {
    const start = ((from.top + y) * width + from.left) * 3;
    for (let x = 0; x < to.width; x++) {
      const { first, weights } = across[x]!;
      let [red, green, blue] = [0, 0, 0];
      for (let i = 0, at = start + first * 3; i < weights.length; i++, at += 3) {
        const weight = weights[i]!;
        red += pixels[at]! * weight;
        green += pixels[at + 1]! * weight;
        blue += pixels[at + 2]! * weight;
      }
      const at = (y * to.width + x) * 3;
      rows[at] = red;
      rows[at + 1] = green;
      rows[at + 2] = blue;
    }
  }
  // Uint8ClampedArray clamps and rounds by itself.
  const made = new Uint8ClampedArray(to.width * to.height * 3);
  const row = to.width * 3;
  for (let y = 0; y < to.height; y++) {
    const { first, weights } = down[y]!;
    for (let x = 0; x < row; x++) {
      let sum = 0;
      for (let i = 0; i < weights.length; i++) sum += rows[(first + i) * row + x]! * weights[i]!;
      made[y * row + x] = sum;
    }
  }
  return new Uint8Array(made.buffer);
}

/**
 * For each pixel of the smaller line, the first pixel of the larger line that counts, and the weights from there on;
 * they sum to 1.
 */
function tapsOf(from: number, to: number, { reach, weight }: Filter) {
  const step = from / to;
  const wide = Math.max(1, step);
  return Array.from({ length: to }, (_, i) => {
    const middle = (i + 0.5) * step - 0.5;
    const first = Math.max(0, Math.ceil(middle - reach * wide));
    const last = Math.min(from - 1, Math.floor(middle + reach * wide));
    const weights = Float32Array.from({ length: Math.max(1, last - first + 1) }, (__, k) =>
      weight((first + k - middle) / wide),
    );
    const sum = weights.reduce((total, each) => total + each, 0);
    return { first, weights: sum === 0 ? Float32Array.of(1) : weights.map((each) => each / sum) };
  });
}
