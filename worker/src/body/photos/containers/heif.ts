/** Reads a HEIC or AVIF file (ISO/IEC 23008-12) and extracts its primary picture: one coded picture, or a grid of them. */

import { type Box, readBoxes, reader } from './boxes.ts';
import type { HeifPicture, PhotoFile, Tile } from './container.ts';
import { damaged, FileFault, MOST_PARTS, MOST_PROFILE_BYTES } from './file-fault.ts';
import { orientationOf, type Turn } from './heif-turns.ts';
import { NO_EXIF, readExif } from './exif.ts';

/** The most tiles of a picture: with a side of 512 px they are 268 megapixels. */
const MOST_TILES = 1024;

const CODECS: Record<string, HeifPicture['codec']> = { hvc1: 'hevc', av01: 'av1' };
const CONFIGURATIONS = new Set(['hvcC', 'av1C']);

interface Item {
  readonly type: string;
  readonly properties: Box[];
  data: Buffer;
  /** The ids of the items from which this item is derived, in order. */
  derivedFrom: number[];
}

/** The primary picture of a HEIC or AVIF file. Throws FileFault. */
export function readHeif(bytes: Buffer, format: 'heic' | 'avif'): PhotoFile {
  const meta = readBoxes(bytes).find(({ type }) => type === 'meta');
  if (!meta) throw damaged('no description of the picture');
  const boxes = new Map(readBoxes(meta.content.subarray(4)).map((each) => [each.type, each.content]));
  const need = (type: string) => {
    const content = boxes.get(type);
    if (!content) throw damaged(`no ${type}`);
    return content;
  };
  const items = readItems(need('iinf'));
  addData(items, bytes, need('iloc'), boxes.get('idat'));
  addProperties(items, need('iprp'));
  for (const { type, content } of readReferences(boxes.get('iref'))) {
    const from = items.get(content.from);
    if (type === 'dimg' && from) from.derivedFrom = content.to;
  }
  const pitm = need('pitm');
  const primary = items.get(pitm[0] === 0 ? reader(pitm, 4).u16() : reader(pitm, 4).u32());
  if (!primary) throw damaged('no primary picture');
  return { format, ...pictureOf(primary, items), taken: takenOf(items) };
}

function pictureOf(
  primary: Item,
  items: ReadonlyMap<number, Item>,
): Pick<PhotoFile, 'width' | 'height' | 'orientation' | 'picture'> {
  const turns: Turn[] = [];
  let item = primary;
  // An item of type `iden` repeats another item, one of type `tmap` maps the tones of another. The picture itself is the
  // first item from which they are derived.
  for (let depth = 0; item.type === 'iden' || item.type === 'tmap'; depth++) {
    turns.unshift(...turnsOf(item));
    const next = items.get(item.derivedFrom[0] ?? -1);
    if (!next || depth > 2) throw damaged('a picture derived from nothing');
    item = next;
  }
  const orientation = orientationOf([...turnsOf(item), ...turns]);
  if (item.type === 'grid') {
    const { width, height, picture } = gridOf(item, items);
    const tile = items.get(item.derivedFrom[0]!)!;
    const seen = { ...clipOf(item, width, height), ...coloursOf([item, tile]) };
    return { width, height, orientation, picture: { ...picture, ...seen } };
  }
  const codec = CODECS[item.type];
  if (!codec) throw new FileFault('unsupported', 'a picture in another coding');
  const { width, height } = sizeOf(item);
  const picture: HeifPicture = {
    kind: 'tiles',
    codec,
    columns: 1,
    rows: 1,
    tiles: [tileOf(item)],
    tileWidth: width,
    tileHeight: height,
    ...clipOf(item, width, height),
    ...coloursOf([item]),
  };
  return { width, height, orientation, picture };
}

function gridOf(item: Item, items: ReadonlyMap<number, Item>) {
  const grid = reader(item.data);
  grid.u8();
  const wide = (grid.u8() & 1) === 1;
  const [rows, columns] = [grid.u8() + 1, grid.u8() + 1];
  const [width, height] = wide ? [grid.u32(), grid.u32()] : [grid.u16(), grid.u16()];
  const parts = item.derivedFrom.map((id) => items.get(id));
  const [first] = parts;
  if (!first || parts.length !== rows * columns || parts.length > MOST_TILES)
    throw damaged('a grid without its tiles');
  const codec = CODECS[first.type];
  if (!codec) throw new FileFault('unsupported', 'tiles in another coding');
  const { width: tileWidth, height: tileHeight } = sizeOf(first);
  const tiles = parts.map((part) => {
    if (part?.type !== first.type) throw damaged('tiles of several kinds');
    const size = sizeOf(part);
    if (size.width !== tileWidth || size.height !== tileHeight) throw damaged('tiles of several sizes');
    return tileOf(part);
  });
  const fits = width > 0 && height > 0 && width <= columns * tileWidth && height <= rows * tileHeight;
  if (!fits) throw damaged('a grid larger than its tiles');
  const picture: HeifPicture = { kind: 'tiles', codec, columns, rows, tiles, tileWidth, tileHeight };
  return { width, height, picture };
}

function tileOf({ data, properties }: Item): Tile {
  const needed = properties.filter(
    (each) =>
      CONFIGURATIONS.has(each.type) ||
      each.type === 'ispe' ||
      each.type === 'pixi' ||
      (each.type === 'colr' && !isProfile(each)),
  );
  if (!needed.some(({ type }) => CONFIGURATIONS.has(type))) throw damaged('a picture without configuration');
  if (data.length === 0) throw damaged('a picture without data');
  return { data, properties: needed };
}

function sizeOf({ properties }: Item): { width: number; height: number } {
  const ispe = properties.find(({ type }) => type === 'ispe');
  if (!ispe) throw damaged('a picture without a size');
  const numbers = reader(ispe.content, 4);
  const [width, height] = [numbers.u32(), numbers.u32()];
  if (width === 0 || height === 0) throw damaged('a picture without a size');
  return { width, height };
}

/**
 * The part of the picture within the clean aperture (ISO/IEC 14496-12, 12.1.4), which is applied before turns. The box gives
 * the aperture's size and the distance of its centre from the picture's, each as a fraction. The result is rounded to whole
 * pixels, and cut off at the picture's edges. Throws FileFault when nothing of the picture is left.
 */
function clipOf({ properties }: Item, width: number, height: number): Pick<HeifPicture, 'clip'> {
  const clap = properties.find(({ type }) => type === 'clap');
  if (!clap) return {};
  if (clap.content.length < 32) throw damaged('a clip without a size');
  const fraction = (at: number) => clap.content.readInt32BE(at) / clap.content.readInt32BE(at + 4);
  const [wide, high, right, down] = [0, 8, 16, 24].map(fraction) as [number, number, number, number];
  const [left, top] = [(width - wide) / 2 + right, (height - high) / 2 + down].map(Math.round) as [
    number,
    number,
  ];
  const clip = {
    left: Math.max(0, left),
    top: Math.max(0, top),
    width: Math.min(width, left + Math.round(wide)) - Math.max(0, left),
    height: Math.min(height, top + Math.round(high)) - Math.max(0, top),
  };
  if (!(clip.width > 0 && clip.height > 0)) throw damaged('a clip beyond its picture');
  return { clip };
}

/** The number of Display P3's primaries (ISO/IEC 23091-2, table 2). */
const P3_PRIMARIES = 12;

/**
 * The colours that these items state: by the first profile, or, without a profile, by the first numbers. A profile has
 * precedence over numbers (ISO/IEC 23000-22, 7.3.6.4).
 */
function coloursOf(items: readonly Item[]): Pick<HeifPicture, 'colours'> {
  const stated = items.flatMap(({ properties }) => properties.filter(({ type }) => type === 'colr'));
  const profile = stated.find(isProfile);
  if (profile)
    return profile.content.length <= MOST_PROFILE_BYTES ? { colours: profile.content.subarray(4) } : {};
  const numbers = stated.find(
    ({ content }) => content.toString('latin1', 0, 4) === 'nclx' && content.length >= 6,
  );
  return numbers?.content.readUInt16BE(4) === P3_PRIMARIES ? { colours: 'display-p3' } : {};
}

function isProfile({ content }: Box): boolean {
  return ['prof', 'rICC'].includes(content.toString('latin1', 0, 4));
}

/** An item's turns and mirrors, in order. */
function turnsOf({ properties }: Item): Turn[] {
  return properties.flatMap(({ type, content }): Turn[] => {
    if (type === 'irot') return [{ quarters: (content[0] ?? 0) & 3 }];
    if (type === 'imir') return [{ mirror: ((content[0] ?? 0) & 1) === 0 ? 'vertical' : 'horizontal' }];
    return [];
  });
}

/** When the photo was taken. EXIF's orientation is not used, since the file states turns of its own. */
function takenOf(items: ReadonlyMap<number, Item>): PhotoFile['taken'] {
  const exif = [...items.values()].find(({ type }) => type === 'Exif')?.data;
  if (!exif || exif.length < 4) return NO_EXIF.taken;
  return readExif(exif.subarray(4 + exif.readUInt32BE(0))).taken;
}

function readItems(iinf: Buffer): Map<number, Item> {
  const wide = iinf[0] !== 0;
  const items = new Map<number, Item>();
  for (const { type, content } of readBoxes(iinf.subarray(wide ? 8 : 6))) {
    if (type !== 'infe' || content[0]! < 2) continue;
    const entry = reader(content, 4);
    const id = content[0] === 2 ? entry.u16() : entry.u32();
    entry.u16();
    items.set(id, { type: entry.ascii(4), properties: [], data: Buffer.alloc(0), derivedFrom: [] });
  }
  return items;
}

/** Sets each item's bytes, which are extents in the file, or in the `idat` box for small data. */
function addData(items: ReadonlyMap<number, Item>, file: Buffer, iloc: Buffer, idat: Buffer | undefined) {
  const version = iloc[0]!;
  const table = reader(iloc, 4);
  const [sizes, more] = [table.u8(), table.u8()];
  const [offsetSize, lengthSize, baseSize] = [sizes >> 4, sizes & 15, more >> 4];
  const indexSize = version > 0 ? more & 15 : 0;
  if ([offsetSize, lengthSize, baseSize, indexSize].some((size) => ![0, 4, 8].includes(size)))
    throw damaged('places of an unknown size');
  const count = version < 2 ? table.u16() : table.u32();
  if (count > MOST_PARTS) throw damaged('too many items');
  let bytes = 0;
  for (let i = 0; i < count; i++) {
    const id = version < 2 ? table.u16() : table.u32();
    const method = version > 0 ? table.u16() & 15 : 0;
    table.u16();
    const base = table.uint(baseSize);
    const extents = table.u16();
    const parts: Buffer[] = [];
    let whole = true;
    for (let extent = 0; extent < extents; extent++) {
      table.uint(indexSize);
      const from = base + table.uint(offsetSize);
      const source = method === 0 ? file : method === 1 ? (idat ?? Buffer.alloc(0)) : Buffer.alloc(0);
      const until = lengthSize === 0 ? source.length : from + table.uint(lengthSize);
      parts.push(source.subarray(from, until));
      whole &&= until <= source.length;
    }
    // Limits the memory: many items could share the same bytes and together be many times as large as the file.
    bytes += parts.reduce((sum, { length }) => sum + length, 0);
    if (bytes > 2 * file.length) throw damaged('items that lie upon each other');
    const item = items.get(id);
    // An item that breaks off counts as absent, since it may be one that is not needed.
    if (item && whole) item.data = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  }
}

function addProperties(items: ReadonlyMap<number, Item>, iprp: Buffer) {
  const boxes = readBoxes(iprp);
  const all = readBoxes(boxes.find(({ type }) => type === 'ipco')?.content ?? Buffer.alloc(0));
  for (const { content } of boxes.filter(({ type }) => type === 'ipma')) {
    const wideIds = content[0]! > 0;
    const wideIndexes = (content[3]! & 1) === 1;
    const table = reader(content, 4);
    const count = table.u32();
    if (count > MOST_PARTS) throw damaged('too many items');
    for (let i = 0; i < count; i++) {
      const item = items.get(wideIds ? table.u32() : table.u16());
      const associations = table.u8();
      for (let each = 0; each < associations; each++) {
        const index = wideIndexes ? table.u16() & 0x7fff : table.u8() & 0x7f;
        const property = all[index - 1];
        if (property) item?.properties.push(property);
      }
    }
  }
}

function readReferences(iref: Buffer | undefined) {
  if (!iref) return [];
  const wide = iref[0] !== 0;
  return readBoxes(iref.subarray(4)).map(({ type, content }) => {
    const table = reader(content);
    const id = () => (wide ? table.u32() : table.u16());
    const from = id();
    const count = table.u16();
    return { type, content: { from, to: Array.from({ length: count }, id) } };
  });
}
