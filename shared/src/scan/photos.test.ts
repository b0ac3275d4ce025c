import { describe, expect, it } from 'vitest';
import { isOwnPhotoUrl, parseGsUrl, photoUrlsOf } from './photos.ts';

const bucket = 'demo.firebasestorage.app';
const own = (url: string) => isOwnPhotoUrl(url, bucket, 'uid', 'scan', 'front');

describe('a photo URL', () => {
  it.each([
    `gs://${bucket}/scans/uid/scan/front.jpg`,
    `https://storage.googleapis.com/${bucket}/scans/uid/scan/front.jpg`,
    `https://storage.googleapis.com/${bucket}/scans/uid/scan/front.jpg?X-Goog-Date=1`,
    `https://firebasestorage.googleapis.com/v0/b/${bucket}/o/scans%2Fuid%2Fscan%2Ffront.jpg`,
    `https://firebasestorage.googleapis.com/v0/b/${bucket}/o/scans%2Fuid%2Fscan%2Ffront.jpg?alt=media&token=t`,
  ])('is accepted: %s', (url) => {
    expect(own(url)).toBe(true);
  });

  it.each([
    'gs://other/scans/uid/scan/front.jpg',
    `gs://${bucket}/scans/other/scan/front.jpg`,
    `gs://${bucket}/scans/uid/other/front.jpg`,
    `gs://${bucket}/scans/uid/scan/back.jpg`,
    `gs://${bucket}/scans/uid/scan/../../other/scan/front.jpg`,
    `gs://${bucket}/scans/uid/scan/front.jpg?generation=1`,
    `gs://${bucket}/scans/uid/scan/front.jpg/`,
    `http://storage.googleapis.com/${bucket}/scans/uid/scan/front.jpg`,
    `https://storage.googleapis.com.evil.example/${bucket}/scans/uid/scan/front.jpg`,
    `https://evil.example/?https://storage.googleapis.com/${bucket}/scans/uid/scan/front.jpg`,
    `https://user@storage.googleapis.com/${bucket}/scans/uid/scan/front.jpg`,
    `https://storage.googleapis.com/${bucket}/scans%2Fuid%2Fscan%2Ffront.jpg`,
    `https://firebasestorage.googleapis.com/v0/b/${bucket}/o/scans/uid/scan/front.jpg`,
    '',
  ])('is refused: %s', (url) => {
    expect(own(url)).toBe(false);
  });

  it('that we write is one we accept', () => {
    expect(own(photoUrlsOf(bucket, 'uid', 'scan').front)).toBe(true);
    expect(parseGsUrl(photoUrlsOf(bucket, 'uid', 'scan').front)).toEqual({
      bucket,
      object: 'scans/uid/scan/front.jpg',
    });
  });
});
