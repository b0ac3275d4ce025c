/** A photo as the networks see it: upright, in colour, of a size that makes pixels comparable. Who implements it says how pixels are resampled. */

/** A square copy: picture × `scale`, moved by `left` and `top` (px). */
export interface Square {
  /** RGB, one byte a channel. */
  readonly pixels: Uint8Array;
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

/** A part of a picture (px). */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What the rules look at. */
export interface PicturePixels {
  readonly width: number;
  readonly height: number;
  /** RGB, one byte a channel. */
  readonly pixels: Uint8Array;
}

export interface Picture extends PicturePixels {
  /** The whole picture, or a part of it, fitted into a square on grey. */
  square(side: number, part?: Box): Promise<Square>;
  /** A copy whose long edge has as many pixels. */
  within(longEdge: number): Promise<Picture>;
  /** A copy turned by quarters, clockwise. */
  turned(quarters: 1 | 2 | 3): Promise<Picture>;
}
