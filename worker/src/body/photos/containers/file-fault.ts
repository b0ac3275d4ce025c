/** Why a photo's file is not read, and how much of its structure is walked at most. */

/** Why a file is not read. */
export type FileFaultReason =
  /** Its structure breaks off or contradicts itself. */
  | 'damaged'
  /** More than one picture in time. */
  | 'animation'
  /** A kind of coding that no camera writes, or that is not read here. */
  | 'unsupported';

/** Thrown by the readers; the message is for developers and quotes nothing of the file. */
export class FileFault extends Error {
  readonly reason: FileFaultReason;

  constructor(reason: FileFaultReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

export const damaged = (message: string) => new FileFault('damaged', message);

/** Colour profiles up to here go to the decoder (bytes): Display P3 and sRGB take 0.5 to 3 KB. */
export const MOST_PROFILE_BYTES = 8 * 1024;

/** Parts that a file may have (segments, chunks or boxes): phones write up to some hundred. */
export const MOST_PARTS = 20_000;
