/** Reads a photo's type from its first bytes, and its SHA-256, without decoding it. Pure. */

import type { PhotoContentType } from '@reddyfit/shared/api/callables';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

const ascii = (bytes: Uint8Array, from: number, to: number) =>
  String.fromCharCode(...bytes.subarray(from, to));

/** Brands of ISO base media files that are images (ISO/IEC 23008-12, AV1 Image File Format). */
const BRANDS: Readonly<Record<string, PhotoContentType>> = {
  heic: 'image/heic',
  heix: 'image/heic',
  heim: 'image/heic',
  heis: 'image/heic',
  mif1: 'image/heif',
  avif: 'image/avif',
};

/** The content type of a photo, or null for a type that the server does not read. */
export function photoTypeOf(bytes: Uint8Array): PhotoContentType | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
  if (bytes[0] === 0x89 && ascii(bytes, 1, 4) === 'PNG') return 'image/png';
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'image/webp';
  if (ascii(bytes, 4, 8) === 'ftyp') return BRANDS[ascii(bytes, 8, 12)] ?? null;
  return null;
}

/** SHA-256 as 64 hex digits. Does not use Web Crypto, which React Native lacks; 2 MB take about 20 ms. */
export function sha256Of(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}
