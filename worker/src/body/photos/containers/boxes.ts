/** Reads boxes of an ISO base media file (ISO/IEC 14496-12) within their bounds, and writes them. */

import { damaged, MOST_PARTS } from './file-fault.ts';

export interface Box {
  readonly type: string;
  readonly content: Buffer;
}

/** The boxes in `bytes`, in order. Throws FileFault when a box reaches beyond the end of `bytes`, or for too many boxes. */
export function readBoxes(bytes: Buffer): Box[] {
  const boxes: Box[] = [];
  let at = 0;
  while (at + 8 <= bytes.length) {
    if (boxes.length >= MOST_PARTS) throw damaged('too many boxes');
    const type = bytes.toString('latin1', at + 4, at + 8);
    let [length, header] = [bytes.readUInt32BE(at), 8];
    if (length === 1 && at + 16 <= bytes.length) {
      length = Number(bytes.readBigUInt64BE(at + 8));
      header = 16;
    } else if (length === 0) length = bytes.length - at;
    if (length < header || at + length > bytes.length) throw damaged('a box that breaks off');
    boxes.push({ type, content: bytes.subarray(at + header, at + length) });
    at += length;
  }
  return boxes;
}

/** Reads numbers and text from `bytes`, in order, beginning at `from`. Throws FileFault when a read passes the end. */
export function reader(bytes: Buffer, from = 0) {
  let at = from;
  const take = (count: number) => {
    if (at + count > bytes.length) throw damaged('a box that is too short');
    at += count;
    return at - count;
  };
  return {
    u8: () => bytes.readUInt8(take(1)),
    u16: () => bytes.readUInt16BE(take(2)),
    u32: () => bytes.readUInt32BE(take(4)),
    /** An unsigned number of 0, 1, 2, 4 or 8 bytes; of 0 bytes it is 0. */
    uint(size: number): number {
      if (size === 0) return 0;
      const place = take(size);
      if (size === 8) return Number(bytes.readBigUInt64BE(place));
      return bytes.readUIntBE(place, size);
    },
    ascii(count: number): string {
      const place = take(count);
      return bytes.toString('latin1', place, place + count);
    },
    rest: () => bytes.subarray(at),
    done: () => at >= bytes.length,
  };
}

/** The bytes of a box. */
export function box(type: string, ...content: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(8 + content.reduce((sum, { length }) => sum + length, 0));
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, ...content]);
}

/** The bytes of a box that has a version, and flags of 0. */
export function fullBox(type: string, version: number, ...content: readonly Buffer[]): Buffer {
  return box(type, Buffer.from([version, 0, 0, 0]), ...content);
}
