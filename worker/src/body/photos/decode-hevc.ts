/**
 * Decodes one HEVC picture with libheif on WebAssembly, since sharp's library comes without HEVC. libheif is loaded with
 * the first such picture.
 */

import { createRequire } from 'node:module';
import { damaged } from './containers/file-fault.ts';

/** The part of libheif-js that is used here; the package's own types lack it. */
interface LibHeif {
  HeifDecoder: new () => { decode(file: Buffer): HeifImage[]; decoder: number | null };
  heif_context_free(context: number): void;
}

interface HeifImage {
  get_width(): number;
  get_height(): number;
  /** Fills `data` with RGBA, then calls `done`, with null when the picture cannot be decoded. */
  display(
    target: { data: Uint8ClampedArray; width: number; height: number },
    done: (filled: object | null) => void,
  ): void;
  free(): void;
}

const require = createRequire(import.meta.url);
let loaded: LibHeif | undefined;

/** RGBA of a file that holds one HEVC picture. Throws when the picture cannot be decoded. */
export async function decodeHevc(file: Buffer) {
  loaded ??= require('libheif-js/wasm-bundle') as LibHeif;
  const heif = loaded;
  const decoder = new heif.HeifDecoder();
  const [image] = decoder.decode(file);
  try {
    if (!image) throw damaged('a picture that cannot be decoded');
    const [width, height] = [image.get_width(), image.get_height()];
    const data = new Uint8ClampedArray(width * height * 4);
    await new Promise<void>((resolve, reject) => {
      image.display({ data, width, height }, (filled) =>
        filled ? resolve() : reject(damaged('a picture that cannot be decoded')),
      );
    });
    return { data, width, height, channels: 4 };
  } finally {
    image?.free();
    if (decoder.decoder) heif.heif_context_free(decoder.decoder);
  }
}
