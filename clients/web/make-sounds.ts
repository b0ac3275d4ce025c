/**
 * `node clients/web/make-sounds.ts`: writes the sounds of the countdown as WAV files, mono, 16 bits. Each run writes
 * the same bytes.
 */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const RATE = 16_000;

/** The tones of each sound, in order: frequency (Hz) and duration (s). */
const SOUNDS: Record<string, readonly (readonly [hertz: number, seconds: number])[]> = {
  tick: [[880, 0.08]],
  shutter: [[1320, 0.4]],
  // A falling tone: the photo must be taken again.
  again: [
    [660, 0.18],
    [440, 0.3],
  ],
};

/** Peak amplitude, as a share of full scale. */
const LOUDNESS = 0.4;

/** Duration of a tone's fade-in and fade-out (s): without them it clicks. */
const EDGE = 0.01;

function samplesOf(tones: readonly (readonly [number, number])[]): number[] {
  return tones.flatMap(([hertz, seconds]) =>
    Array.from({ length: Math.round(seconds * RATE) }, (_, i) => {
      const at = i / RATE;
      const edge = Math.min(1, at / EDGE, (seconds - at) / EDGE);
      return Math.round(32_767 * LOUDNESS * edge * Math.sin(2 * Math.PI * hertz * at));
    }),
  );
}

/** A RIFF WAVE file (Microsoft, 1991): one format chunk, one data chunk. */
function wavOf(samples: readonly number[]): Buffer {
  const file = Buffer.alloc(44 + samples.length * 2);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + samples.length * 2, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(RATE, 24);
  file.writeUInt32LE(RATE * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(samples.length * 2, 40);
  for (const [i, sample] of samples.entries()) file.writeInt16LE(sample, 44 + i * 2);
  return file;
}

for (const [name, tones] of Object.entries(SOUNDS))
  await writeFile(join(import.meta.dirname, 'src/sounds', `${name}.wav`), wavOf(samplesOf(tones)));
