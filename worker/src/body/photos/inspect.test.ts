import type { Angle } from '@reddyfit/shared/scan/photos';
import { photoIssue } from '@reddyfit/shared/scan/results';
import { speakerFor } from '@reddyfit/shared/words/speaker';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawnPhoto } from './drawn-photo.fixture.ts';
import { watchFreed } from './freed-pixels.fixture.ts';
import { issueOf as told } from '@reddyfit/shared/gate/photo-fault';
import { inspectPhoto } from './inspect.ts';

const good = await drawnPhoto().jpeg().toBuffer();

const plain = (background: string) =>
  sharp({ create: { width: 1200, height: 1600, channels: 3, background } })
    .jpeg()
    .toBuffer();

const frame = (background: string) =>
  sharp({ create: { width: 900, height: 1200, channels: 3, background } })
    .png()
    .toBuffer();

async function frames(format: 'webp' | 'gif') {
  const join = sharp([await frame('red'), await frame('blue')], { join: { animated: true } });
  return format === 'webp' ? join.webp().toBuffer() : join.gif().toBuffer();
}

/** A JPEG of 600×800 pixels whose header claims 60 000 × 60 000. */
async function bomb() {
  const bytes = await drawnPhoto({ width: 600, height: 800 }).jpeg().toBuffer();
  const frameHeader = bytes.indexOf(Buffer.from([0xff, 0xc0]));
  bytes.writeUInt16BE(60_000, frameHeader + 5);
  bytes.writeUInt16BE(60_000, frameHeader + 7);
  return bytes;
}

const issueOf = async (angle: Angle, bytes: Buffer, declaredType: string | null = null) => {
  const { issue } = await inspectPhoto(angle, bytes, declaredType);
  return issue && told(issue, speakerFor());
};

describe('a photo that passes', () => {
  it.each([
    ['a JPEG', () => good],
    ['a PNG', () => drawnPhoto().png().toBuffer()],
    ['a WebP', () => drawnPhoto().webp().toBuffer()],
    ['the least size', () => drawnPhoto({ width: 600, height: 800 }).jpeg().toBuffer()],
    ['lying on its side', () => sharp(good).rotate(90).jpeg().toBuffer()],
    ['turned by EXIF', () => sharp(good).rotate(90).withMetadata({ orientation: 8 }).jpeg().toBuffer()],
    ['from a phone of 12 megapixels', () => drawnPhoto({ width: 3024, height: 4032 }).jpeg().toBuffer()],
    ['dim but visible', () => sharp(good).linear(0.35, 0).jpeg().toBuffer()],
    ['before a white wall', () => sharp(good).linear(1.3, 0).jpeg().toBuffer()],
    ['slightly soft', () => sharp(good).blur(2).jpeg().toBuffer()],
  ])('%s', async (_, bytes) => {
    expect(await issueOf('front', await bytes())).toBeUndefined();
  });
});

describe('a photo that is refused', () => {
  it.each([
    ['is empty', () => Buffer.alloc(0), 'unreadable'],
    ['is a text file', () => Buffer.from('<html>this is not a photo</html>'), 'unsupported_type'],
    ['is two bytes long', () => Buffer.from([0xff, 0xd8]), 'unsupported_type'],
    [
      'is a HEIC that breaks off',
      () => Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'),
      'unreadable',
    ],
    ['is JPEG XL', () => Buffer.from('\xff\x0a\0\0\0\0\0\0\0\0\0\0', 'latin1'), 'unsupported_type'],
    ['is RAW', () => Buffer.from('II*\0\x08\0\0\0\0\0\0\0', 'latin1'), 'unsupported_type'],
    ['is a GIF', () => frames('gif'), 'unsupported_type'],
    ['is an animated WebP', () => frames('webp'), 'unsupported_type'],
    [
      'is noise after a JPEG header',
      () => Buffer.from('ffd8ffe000104a46494600ff00ff00ff', 'hex'),
      'unreadable',
    ],
    ['is cut short', () => good.subarray(0, good.length * 0.6), 'unreadable'],
    ['claims billions of pixels', () => bomb(), 'unreadable'],
    ['is tiny', () => drawnPhoto({ width: 300, height: 400 }).jpeg().toBuffer(), 'too_small'],
    ['is narrow', () => drawnPhoto({ width: 599, height: 1600 }).jpeg().toBuffer(), 'too_small'],
    ['is square and short', () => drawnPhoto({ width: 700, height: 700 }).jpeg().toBuffer(), 'too_small'],
    ['is black', () => plain('#000'), 'too_dark'],
    ['is nearly black', () => sharp(good).linear(0.12, 0).jpeg().toBuffer(), 'too_dark'],
    ['is white', () => plain('#fff'), 'too_bright'],
    ['is washed out', () => sharp(good).linear(0.2, 220).jpeg().toBuffer(), 'too_bright'],
    ['is blurred', () => sharp(good).blur(8).jpeg().toBuffer(), 'blurred'],
    ['is dim and blurred', () => sharp(good).linear(0.35, 0).blur(8).jpeg().toBuffer(), 'blurred'],
    ['is plain grey', () => plain('#888'), 'blurred'],
  ])('%s', async (_, bytes, code) => {
    expect((await issueOf('left', await bytes()))?.code).toBe(code);
  });
});

it('names the photo and says what to do, in the words of the contract', async () => {
  const issue = await issueOf('left', await plain('#000'));
  expect(issue).toEqual({
    code: 'too_dark',
    messageCode: 'too_dark',
    params: { angle: 'left' },
    message: 'The left photo is too dark. Turn on a light and take it again.',
    measured: { value: 0, limit: 40 },
  });
  expect(photoIssue.parse(issue)).toEqual(issue);
});

it.each([
  ['JPEG XL', Buffer.from('\0\0\0\x0cJXL \r\n\x87\n', 'latin1')],
  ['RAW (DNG)', Buffer.from('MM\0*\0\0\0\x08\0\0\0\0', 'latin1')],
])('names the format that is not read: %s', async (name, bytes) => {
  const issue = await issueOf('back', bytes);
  expect(issue?.message).toBe(`The back photo is in the ${name} format. Send it as a JPEG.`);
  expect(photoIssue.parse(issue)).toEqual(issue);
});

it.each([
  ['narrow', () => drawnPhoto({ width: 599, height: 1600 }).jpeg().toBuffer(), 599, 600],
  ['short', () => drawnPhoto({ width: 700, height: 700 }).jpeg().toBuffer(), 700, 800],
  ['white', () => plain('#fff'), 255, 245],
  ['featureless', () => plain('#888'), 0, 0.012],
])('says by how much a photo is %s', async (_, bytes, value, limit) => {
  const issue = await issueOf('front', await bytes());
  expect(issue).toMatchObject({ measured: { value, limit } });
  expect(photoIssue.parse(issue)).toEqual(issue);
});

it('refuses a file that claims more pixels than a camera has, without decoding it', async () => {
  const issue = await issueOf('right', await bomb());
  expect(issue?.message).toBe(
    'The right photo has more than 109 megapixels. Take it again at a lower resolution.',
  );
});

describe('a photo that is not what it was sent as', () => {
  it('is refused, and named', async () => {
    const jpeg = good;
    expect(await issueOf('left', jpeg, 'image/jpeg')).toBeUndefined();
    expect(await issueOf('left', jpeg, 'application/octet-stream')).toBeUndefined();
    expect(await issueOf('left', jpeg, null)).toBeUndefined();
    expect(await issueOf('left', jpeg, 'image/png')).toEqual({
      code: 'unsupported_type',
      messageCode: 'unsupported_type.differs',
      params: { angle: 'left', declared: 'image/png', found: 'image/jpeg' },
      message: 'The left photo was sent as image/png but is image/jpeg. Update the app and send it again.',
    });
  });
});

it('frees the pixels of a photo that its light refuses, and those from which one was turned by EXIF', async () => {
  const lying = await sharp(good).rotate(90).withMetadata({ orientation: 8 }).jpeg().toBuffer();
  const freed = watchFreed();
  await issueOf('front', await plain('#000'));
  expect(freed).toEqual([1200 * 1600 * 3]);
  const inspected = await inspectPhoto('front', lying, null);
  expect(freed).toEqual([1200 * 1600 * 3, 1200 * 1600 * 3]);
  expect(!inspected.issue && inspected.pixels.data).toHaveLength(1200 * 1600 * 3);
});
