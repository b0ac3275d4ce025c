/** Writes HEIC files as phones do, from the tiles in fixtures/photos. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { box, type Box, fullBox } from './boxes.ts';
import type { Tile } from './container.ts';
import { readHeif } from './heif.ts';

const FOLDER = join(import.meta.dirname, '../../../../../fixtures/photos');

/** A part of the mannequin's photo, as a file of its own and as a tile. */
export function piece(name: 'upper-left' | 'upper-right' | 'lower-left' | 'lower-right' | 'small') {
  const file = readFileSync(join(FOLDER, `${name}.heic`));
  const { picture } = readHeif(file, 'heic');
  if (picture.kind !== 'tiles') throw new Error('not a HEIC');
  return { file, tile: picture.tiles[0]! };
}

export interface WrittenItem {
  readonly id: number;
  readonly type: string;
  readonly data: Buffer;
  readonly properties: readonly Box[];
}

/** A file with these items; `references` are [type, from, to]. */
export function writeHeif(file: {
  readonly items: readonly WrittenItem[];
  readonly primary: number;
  readonly references?: readonly (readonly [string, number, readonly number[]])[];
}): Buffer {
  const { items, primary, references = [] } = file;
  const ftyp = box('ftyp', Buffer.from('heic\0\0\0\0mif1heic', 'latin1'));
  const properties: Box[] = [];
  const indexes = items.map((item) =>
    item.properties.map((property) => {
      const known = properties.indexOf(property);
      return known >= 0 ? known + 1 : properties.push(property);
    }),
  );
  const meta = (start: number) => {
    let offset = start;
    const places = items.map(({ id, data }) => {
      const place = numbers(['u16', id], ['u16', 0], ['u16', 1], ['u32', offset], ['u32', data.length]);
      offset += data.length;
      return place;
    });
    return fullBox(
      'meta',
      0,
      fullBox('hdlr', 0, Buffer.from('\0\0\0\0pict', 'latin1'), Buffer.alloc(13)),
      fullBox('pitm', 0, numbers(['u16', primary])),
      fullBox('iloc', 0, Buffer.from([0x44, 0]), numbers(['u16', items.length]), ...places),
      fullBox(
        'iinf',
        0,
        numbers(['u16', items.length]),
        ...items.map(({ id, type }) =>
          fullBox('infe', 2, numbers(['u16', id], ['u16', 0]), Buffer.from(`${type}\0`, 'latin1')),
        ),
      ),
      fullBox(
        'iref',
        0,
        ...references.map(([type, from, to]) =>
          box(type, numbers(['u16', from], ['u16', to.length], ...to.map((id) => ['u16', id] as const))),
        ),
      ),
      box(
        'iprp',
        box('ipco', ...properties.map(({ type, content }) => box(type, content))),
        fullBox(
          'ipma',
          0,
          numbers(['u32', items.length]),
          ...items.map(({ id }, i) =>
            Buffer.concat([numbers(['u16', id]), Buffer.from([indexes[i]!.length, ...indexes[i]!])]),
          ),
        ),
      ),
    );
  };
  const start = ftyp.length + meta(0).length + 8;
  return Buffer.concat([ftyp, meta(start), box('mdat', ...items.map(({ data }) => data))]);
}

/** A grid of `columns` columns over tiles, whose ids begin at 2, with these turns. */
export function writeGrid(
  tiles: readonly Tile[],
  { columns, width, height, turns = [] }: { columns: number; width: number; height: number; turns?: Box[] },
  more: { items?: WrittenItem[]; references?: [string, number, number[]][] } = {},
): Buffer {
  const rows = tiles.length / columns;
  const grid = Buffer.concat([
    Buffer.from([0, 0, rows - 1, columns - 1]),
    numbers(['u16', width], ['u16', height]),
  ]);
  const ids = tiles.map((_, i) => i + 2);
  return writeHeif({
    items: [
      ...(more.items ?? []),
      { id: 1, type: 'grid', data: grid, properties: [sizeBox(width, height), ...turns] },
      ...tiles.map(({ data, properties }, i) => ({ id: ids[i]!, type: 'hvc1', data, properties })),
    ],
    primary: 1,
    references: [['dimg', 1, ids], ...(more.references ?? [])],
  });
}

export const sizeBox = (width: number, height: number): Box => ({
  type: 'ispe',
  content: Buffer.concat([Buffer.alloc(4), numbers(['u32', width], ['u32', height])]),
});
/** Quarter turns anticlockwise. */
export const turnBox = (quarters: number): Box => ({ type: 'irot', content: Buffer.from([quarters]) });

function numbers(...values: readonly (readonly ['u16' | 'u32', number])[]): Buffer {
  return Buffer.concat(
    values.map(([kind, value]) => {
      const bytes = Buffer.alloc(kind === 'u16' ? 2 : 4);
      if (kind === 'u16') bytes.writeUInt16BE(value);
      else bytes.writeUInt32BE(value);
      return bytes;
    }),
  );
}
