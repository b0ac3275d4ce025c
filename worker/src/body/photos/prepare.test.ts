import sharp from 'sharp';
import { expect, it } from 'vitest';
import { drawnPhoto } from './drawn-photo.fixture.ts';
import type { PhotoFile } from './containers/container.ts';
import { photoKind, readPhotoFile } from './containers/read-photo-file.ts';
import { decodePhoto } from './decode.ts';
import { preparePhoto } from './prepare.ts';

/** The copy of a photo's file that is sent to a model. */
async function prepared(bytes: Buffer) {
  const kind = photoKind(bytes);
  const file = readPhotoFile(bytes, kind as PhotoFile['format']);
  const jpeg = await preparePhoto(await decodePhoto(file, 1600));
  return { jpeg, metadata: await sharp(jpeg).metadata() };
}

it('makes a JPEG of at most 1024 px on the long edge', async () => {
  const { metadata } = await prepared(await drawnPhoto().png().toBuffer());
  expect(metadata).toMatchObject({ format: 'jpeg', width: 768, height: 1024 });
});

it('does not enlarge a small photo', async () => {
  const { metadata } = await prepared(await drawnPhoto({ width: 600, height: 800 }).jpeg().toBuffer());
  expect(metadata).toMatchObject({ width: 600, height: 800 });
});

it('turns the photo upright and drops place, time and camera', async () => {
  const lying = await drawnPhoto()
    .rotate(90)
    .withExif({
      IFD0: { Orientation: '8', Model: 'Camera of Jane' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' },
    })
    .withMetadata({ orientation: 8 })
    .jpeg()
    .toBuffer();
  expect((await sharp(lying).metadata()).exif).toBeDefined();

  const { jpeg, metadata } = await prepared(lying);
  expect(metadata).toMatchObject({ width: 768, height: 1024 });
  expect(metadata.orientation).toBeUndefined();
  expect(metadata.exif).toBeUndefined();
  expect(metadata.icc).toBeUndefined();
  expect(jpeg.includes('Jane')).toBe(false);
});

it('puts a transparent picture on white', async () => {
  const clear = await sharp({ create: { width: 800, height: 800, channels: 4, background: '#00000000' } })
    .png()
    .toBuffer();
  const { jpeg } = await prepared(clear);
  expect((await sharp(jpeg).stats()).channels.map(({ mean }) => mean)).toEqual([255, 255, 255]);
});
