/**
 * A photo as the networks see it: upright, in colour, and of a size that makes pixels comparable. The implementation decides
 * how pixels are resampled.
 */

/** A square copy of a picture: scaled by `scale`, then moved by `left` and `top` (px). */
export interface Square {
  /** RGB, one byte per channel. */
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

/** The pixels by which the rules judge a photo. */
export interface PicturePixels {
  readonly width: number;
  readonly height: number;
  /** RGB, one byte per channel. */
  readonly pixels: Uint8Array;
}

export interface Picture extends PicturePixels {
  /** The whole picture, or a part of it, fitted into a grey square with sides of `side` px. */
  square(side: number, part?: Box): Promise<Square>;
  /** A copy whose long edge has `longEdge` pixels. */
  within(longEdge: number): Promise<Picture>;
  /** A copy that is turned clockwise by this many quarters. */
  turned(quarters: 1 | 2 | 3): Promise<Picture>;
}
