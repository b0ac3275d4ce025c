/** Decodes one HEVC picture by libheif on WebAssembly: sharp's own library comes without HEVC. Loaded with the first such photo. */

import { createRequire } from 'node:module';
import { damaged } from './containers/file-fault.ts';

/** What is used of libheif-js, whose own types leave this part out. */
interface LibHeif {
  HeifDecoder: new () => { decode(file: Buffer): HeifImage[]; decoder: number | null };
  heif_context_free(context: number): void;
}

interface HeifImage {
  get_width(): number;
  get_height(): number;
  /** Fills `data` with RGBA, or calls back with nothing when it cannot be decoded. */
  display(
    target: { data: Uint8ClampedArray; width: number; height: number },
    done: (filled: object | null) => void,
  ): void;
  free(): void;
}

const require = createRequire(import.meta.url);
let loaded: LibHeif | undefined;

/** RGBA of a file with one HEVC picture in it. Throws when it can't be decoded. */
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
