/** Which parts of the files of phones and of attackers reach a decoder. */

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodePhoto } from '../decode.ts';
import { drawnPhoto } from '../drawn-photo.fixture.ts';
import { inspectPhoto } from '../inspect.ts';
import type { PhotoFile } from './container.ts';
import { type FileFault, MOST_PARTS } from './file-fault.ts';
import { piece, sizeBox, turnBox, writeGrid, writeHeif } from './heif.fixture.ts';
import { photoKind, readPhotoFile } from './read-photo-file.ts';

const jpeg = await drawnPhoto().jpeg().toBuffer();

function read(bytes: Buffer): PhotoFile {
  return readPhotoFile(bytes, photoKind(bytes) as PhotoFile['format']);
}
const fileOf = (bytes: Buffer) => {
  const { picture } = read(bytes);
  if (picture.kind !== 'file') throw new Error('not one file');
  return picture;
};
const pixelsOf = async (bytes: Buffer) => (await decodePhoto(read(bytes), 1600)).data;
const reasonOf = (bytes: Buffer) => {
  try {
    read(bytes);
  } catch (error) {
    return (error as FileFault).reason;
  }
  return 'read';
};

/** Mean difference (0–255) of two pictures of the same size. */
function difference(a: Buffer, b: Buffer): number {
  expect(a.length).toBe(b.length);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[i]!);
  return sum / a.length;
}

/** A JPEG segment. */
function segment(marker: number, content: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}
/** The photo with these segments inserted after its first marker. */
const withSegments = (...segments: Buffer[]) =>
  Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);

/** A PNG chunk. Decoders check its checksum; readPng does not. */
function chunk(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content, Buffer.alloc(4)]);
}

describe('a JPEG', () => {
  it('reaches the decoder without comments, applications’ data and what follows its end', async () => {
    const secret = Buffer.from('secret '.repeat(1000));
    const video = Buffer.concat([Buffer.from('ftypmp42'), secret]);
    const phone = Buffer.concat([
      withSegments(
        segment(0xfe, secret),
        segment(0xe1, secret),
        segment(0xe2, secret),
        segment(0xed, secret),
      ),
      jpeg,
      video,
    ]);
    const { bytes, endAdded } = fileOf(phone);
    expect(bytes.includes('secret')).toBe(false);
    expect(bytes.length).toBeLessThanOrEqual(jpeg.length);
    expect(endAdded).toBe(false);
    expect((await pixelsOf(phone)).equals(await pixelsOf(jpeg))).toBe(true);
  });

  it.each([1, 2])('without its last %i bytes has all its pixels, and passes', async (missing) => {
    const cut = jpeg.subarray(0, jpeg.length - missing);
    expect((await inspectPhoto('front', cut, null)).issue).toBeUndefined();
    expect((await pixelsOf(cut)).equals(await pixelsOf(jpeg))).toBe(true);
  });

  it.each([0.3, 0.6, 0.99])('of which only a part is there (%f) is refused', async (part) => {
    const { issue } = await inspectPhoto('front', jpeg.subarray(0, Math.floor(jpeg.length * part)), null);
    expect(issue?.code).toBe('unreadable');
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('is turned as orientation %i says', async (orientation) => {
    const turned = await sharp(jpeg).withMetadata({ orientation }).jpeg().toBuffer();
    const expected = await sharp(turned, { autoOrient: true }).raw().toBuffer();
    expect(difference(await pixelsOf(turned), expected)).toBeLessThan(0.5);
  });

  it('says when it was taken', async () => {
    const taken = await sharp(jpeg)
      .withExif({ IFD2: { DateTimeOriginal: '2026:11:25 08:00:01' } })
      .jpeg()
      .toBuffer();
    expect(read(taken).taken).toEqual({ at: '2026-11-25T08:00:01' });
  });

  it.each<[string, () => Buffer]>([
    [
      'more segments than any camera writes',
      () => withSegments(...Array.from({ length: MOST_PARTS }, () => segment(0xfe, Buffer.alloc(0)))),
    ],
    ['a segment longer than the file', () => Buffer.from('ffd8ffe1ffff4578', 'hex')],
    ['no picture', () => Buffer.from('ffd8ffd9ffffffffffffffffffffffff', 'hex')],
  ])('with %s is refused unseen', (_, bytes) => {
    expect(reasonOf(bytes())).toBe('damaged');
  });

  it(
    'of 108 megapixels that lies on a side is decoded in the memory of a small one',
    { timeout: 60_000 },
    async () => {
      const { data, info } = await drawnPhoto({ width: 1200, height: 900 })
        .resize(12_000, 9_000, { kernel: 'nearest' })
        .withMetadata({ orientation: 6 })
        .jpeg({ quality: 50 })
        .toBuffer({ resolveWithObject: true });
      expect(info.width * info.height).toBe(108_000_000);
      const { width, height, addedMiB } = decodedElsewhere(data);
      expect([width, height]).toEqual([1200, 1600]);
      expect(addedMiB).toBeLessThan(150);
    },
  );
});

/** Decodes a photo in a process of its own: the decoded size, and the memory that the process takes (MiB). */
function decodedElsewhere(photo: Buffer): { width: number; height: number; addedMiB: number } {
  const folder = join(import.meta.dirname, '..');
  const script = `
    import { decodePhoto } from '${folder}/decode.ts';
    import { readPhotoFile } from '${folder}/containers/read-photo-file.ts';
    import { readFileSync } from 'node:fs';
    const file = readPhotoFile(readFileSync(0), 'jpeg');
    const before = process.resourceUsage().maxRSS;
    const { width, height } = await decodePhoto(file, 1600);
    const addedMiB = (process.resourceUsage().maxRSS - before) / 1024;
    console.log(JSON.stringify({ width, height, addedMiB }));`;
  const said = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { input: photo });
  return JSON.parse(said.toString()) as ReturnType<typeof decodedElsewhere>;
}

describe('a PNG', () => {
  it('reaches the decoder without texts and large profiles, which unpack to a thousand times their size', async () => {
    const png = await drawnPhoto().png().toBuffer();
    const bomb = deflateSync(Buffer.alloc(2_000_000));
    const afterHeader = 8 + 25;
    const hostile = Buffer.concat([
      png.subarray(0, afterHeader),
      chunk('zTXt', Buffer.concat([Buffer.from('secret\0\0'), bomb])),
      chunk('iTXt', Buffer.from('secret\0\x01\0\0\0')),
      chunk('iCCP', Buffer.concat([Buffer.from('secret\0\0'), Buffer.alloc(8 * 1024)])),
      chunk('prVt', Buffer.from('secret')),
      png.subarray(afterHeader),
      Buffer.from('secret behind its end'),
    ]);
    expect(fileOf(hostile).bytes.includes('secret')).toBe(false);
    expect((await pixelsOf(hostile)).equals(await pixelsOf(png))).toBe(true);
  });

  it('that is an animation, or has a chunk nobody knows, is refused', async () => {
    const png = await drawnPhoto().png().toBuffer();
    const insert = (each: Buffer) => Buffer.concat([png.subarray(0, 33), each, png.subarray(33)]);
    expect(reasonOf(insert(chunk('acTL', Buffer.alloc(8))))).toBe('animation');
    expect(reasonOf(insert(chunk('NEWc', Buffer.alloc(8))))).toBe('unsupported');
  });
});

describe('a WebP', () => {
  it('reaches the decoder without what does not make pixels, and is turned', async () => {
    const webp = await sharp(jpeg).withMetadata({ orientation: 6 }).webp().toBuffer();
    const file = read(webp);
    expect(file).toMatchObject({ width: 1200, height: 1600, orientation: 6 });
    expect(fileOf(webp).bytes.includes('EXIF')).toBe(false);
    const expected = await sharp(webp, { autoOrient: true }).raw().toBuffer();
    expect(difference(await pixelsOf(webp), expected)).toBeLessThan(0.5);
  });
});

describe('a HEIC', () => {
  const quarters = (['upper-left', 'upper-right', 'lower-left', 'lower-right'] as const).map(
    (name) => piece(name).tile,
  );
  const grid = (turns = [] as ReturnType<typeof turnBox>[], more = {}) =>
    writeGrid(quarters, { columns: 2, width: 1200, height: 1600, turns }, more);

  it('of tiles is put together whole', async () => {
    const bytes = grid();
    expect(read(bytes)).toMatchObject({ format: 'heic', width: 1200, height: 1600, orientation: 1 });
    const whole = await pixelsOf(bytes);
    const corner = await sharp(whole, { raw: { width: 1200, height: 1600, channels: 3 } })
      .extract({ left: 600, top: 800, width: 600, height: 800 })
      .raw()
      .toBuffer();
    expect(difference(corner, await pixelsOf(piece('lower-right').file))).toBe(0);
  });

  it.each([
    [1, 8],
    [2, 3],
    [3, 6],
  ])('turned by %i quarters is turned once, whatever its EXIF says', async (turns, orientation) => {
    const tiff = Buffer.from('MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0', 'latin1');
    const exif = { id: 90, type: 'Exif', data: Buffer.concat([Buffer.alloc(4), tiff]), properties: [] };
    const bytes = grid([turnBox(turns)], { items: [exif], references: [['cdsc', 90, [1]]] });
    expect(read(bytes).orientation).toBe(orientation);
    const turned = await decodePhoto(read(bytes), 1600);
    expect([turned.width, turned.height]).toEqual(turns === 2 ? [1200, 1600] : [1600, 1200]);
    const expected = await sharp(await pixelsOf(grid()), { raw: { width: 1200, height: 1600, channels: 3 } })
      .rotate(-90 * turns)
      .raw()
      .toBuffer();
    expect(difference(turned.data, expected)).toBe(0);
  });

  /** A clean aperture of this size, its centre moved by `right` and `down` from the picture's. */
  const clip = (width: number, height: number, right: number, down: number) => {
    const content = Buffer.alloc(32);
    [width, 1, height, 1, right, 1, down, 1].forEach((value, i) => content.writeInt32BE(value, 4 * i));
    return { type: 'clap', content };
  };

  it('shows the part that its clean aperture names, and then turned', async () => {
    const bytes = grid([clip(600, 800, 300, 400), turnBox(1)]);
    const { data, width, height } = await decodePhoto(read(bytes), 1600);
    expect([width, height]).toEqual([800, 600]);
    const expected = await sharp(await pixelsOf(piece('lower-right').file), {
      raw: { width: 600, height: 800, channels: 3 },
    })
      .rotate(-90)
      .raw()
      .toBuffer();
    expect(difference(data, expected)).toBe(0);
    expect((await decodePhoto(read(grid([clip(1200, 1600, 2, 0)])), 1600)).width).toBe(1198);
    expect(() => read(grid([clip(1200, 1600, 1300, 0)]))).toThrow('a clip beyond its picture');
  });

  /** These pixels, taken as Display P3, as sharp's colour management converts them. */
  const asDisplayP3 = async (pixels: Buffer) => {
    const { icc } = await sharp(await sharp(pixels.subarray(0, 3), { raw: { width: 1, height: 1, channels: 3 } }).withIccProfile('p3').png().toBuffer()).metadata(); // prettier-ignore
    const plain = await sharp(pixels, { raw: { width: 1200, height: 1600, channels: 3 } }).webp({ lossless: true }).toBuffer(); // prettier-ignore
    const iccp = Buffer.concat([Buffer.from('ICCP\0\0\0\0', 'latin1'), icc!]);
    iccp.writeUInt32LE(icc!.length, 4);
    const extended = Buffer.from('VP8X\x0a\0\0\0\x20\0\0\0\xaf\x04\0\x3f\x06\0', 'latin1');
    const file = Buffer.concat([plain.subarray(0, 12), extended, iccp, plain.subarray(12)]);
    file.writeUInt32LE(file.length - 8, 4);
    return { icc: icc!, expected: await sharp(file).toColourspace('srgb').raw().toBuffer() };
  };

  it('in Display P3, named by number or by a profile, becomes sRGB', async () => {
    const asStored = await pixelsOf(grid());
    const { icc, expected } = await asDisplayP3(asStored);
    expect(difference(expected, asStored)).toBeGreaterThan(0.5);
    const ways = [
      Buffer.concat([Buffer.from('nclx'), Buffer.from([0, 12, 0, 13, 0, 6, 0x80])]),
      Buffer.concat([Buffer.from('prof'), icc]),
    ];
    for (const content of ways) {
      const seen = await pixelsOf(grid([{ type: 'colr', content }]));
      expect(difference(seen, expected)).toBeLessThan(0.05);
    }
  });

  it('shows its primary picture, not the first that is stored nor its thumbnail', async () => {
    const { data, properties } = piece('small').tile;
    const thumbnail = { id: 80, type: 'hvc1', data, properties };
    const depth = { id: 81, type: 'hvc1', data, properties };
    const bytes = grid([], {
      items: [thumbnail, depth],
      references: [
        ['thmb', 80, [1]],
        ['auxl', 81, [1]],
      ],
    });
    expect(difference(await pixelsOf(bytes), await pixelsOf(grid()))).toBe(0);
  });

  it('of more than 256 tiles is read, in the memory of one', async () => {
    const { tile } = piece('small');
    const bytes = writeGrid(
      Array.from({ length: 17 * 17 }, () => tile),
      { columns: 17, width: 1088, height: 1080 },
    );
    expect(await decodePhoto(read(bytes), 1600)).toMatchObject({ width: 1088, height: 1080 });
  });

  it('of 200 megapixels is described, and its size is known before a piece is decoded', () => {
    const { data, properties } = piece('small').tile;
    const large = {
      data,
      properties: [...properties.filter(({ type }) => type !== 'ispe'), sizeBox(1024, 1024)],
    };
    const bytes = writeGrid(
      Array.from({ length: 16 * 12 }, () => large),
      { columns: 16, width: 16_320, height: 12_240 },
    );
    expect(read(bytes)).toMatchObject({ width: 16_320, height: 12_240 });
  });

  it('whose tiles are not what it says is refused', async () => {
    const { data, properties } = piece('small').tile;
    const lie = {
      data,
      properties: [...properties.filter(({ type }) => type !== 'ispe'), sizeBox(600, 800)],
    };
    const bytes = writeGrid([lie, lie], { columns: 2, width: 1200, height: 800 });
    await expect(decodePhoto(read(bytes), 1600)).rejects.toThrow('a picture that cannot be decoded');
    expect((await inspectPhoto('left', bytes, null)).issue?.code).toBe('unreadable');
  });

  it.each<[string, () => Buffer]>([
    ['breaks off', () => grid().subarray(0, 4000)],
    ['has no primary picture', () => writeHeif({ items: [], primary: 7 })],
    [
      'has fewer tiles than its grid',
      () => writeGrid(quarters.slice(0, 2), { columns: 2, width: 1200, height: 1600 }),
    ],
    [
      'derives a picture from itself',
      () =>
        writeHeif({
          items: [{ id: 1, type: 'iden', data: Buffer.alloc(1), properties: [] }],
          primary: 1,
          references: [['dimg', 1, [1]]],
        }),
    ],
  ])('that %s is refused unseen', (_, bytes) => {
    expect(reasonOf(bytes())).toBe('damaged');
  });
});

it('an AVIF is read', async () => {
  const avif = await drawnPhoto().avif({ quality: 80, effort: 0 }).toBuffer();
  expect(photoKind(avif)).toBe('avif');
  expect((await inspectPhoto('front', avif, 'image/avif')).issue).toBeUndefined();
  expect(difference(await pixelsOf(avif), await drawnPhoto().raw().toBuffer())).toBeLessThan(3);
});
