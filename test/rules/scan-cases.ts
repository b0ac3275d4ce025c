/** Creating a scan: valid submissions, and everything that a forger might try. */

import {
  Bytes,
  deleteField,
  doc,
  type DocumentData,
  GeoPoint,
  getDoc,
  increment,
  serverTimestamp,
  setDoc,
  Timestamp,
} from 'firebase/firestore';
import { ANGLES, photoUrlsOf } from '@reddyfit/shared/scan/photos';
import { WAIVABLE_ISSUES } from '@reddyfit/shared/scan/results';
import { BUCKET, PROJECT, type RulesCase, submission } from './rules-world.ts';

const SCAN = 'new-scan';

/** Alice creates a scan with some fields changed; a field that is `deleteField()` is left out. */
function creating(name: string, changes: DocumentData, allowed: boolean, scanId = SCAN): RulesCase {
  const fields = Object.entries({ ...submission(scanId), ...changes });
  const left = Object.fromEntries(fields.filter(([, value]) => !isLeftOut(value)));
  return { name, as: 'owner', allowed, run: (db) => setDoc(doc(db, 'scans', scanId), left) };
}
const leftOut = deleteField();
const isLeftOut = (value: unknown) => value === leftOut;

const photos = (changes: DocumentData) => ({
  photoUrls: { ...photoUrlsOf(BUCKET, 'alice', SCAN), ...changes },
});
const object = (angle: string) => `scans/alice/${SCAN}/${angle}.jpg`;
const encoded = (angle: string) => encodeURIComponent(object(angle));

/** The description of a photo that a phone has uploaded. */
const SENT = { bytes: 300_000, sha256: 'a'.repeat(64) };
const uploads = (changes: DocumentData = {}): DocumentData => {
  const all = { ...Object.fromEntries(ANGLES.map((angle) => [angle, SENT])), ...changes };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => !isLeftOut(value)));
};

const photoForms: [string, string, boolean][] = [
  ['gs://', `gs://${BUCKET}/${object('left')}`, true],
  ['storage.googleapis.com', `https://storage.googleapis.com/${BUCKET}/${object('left')}`, true],
  [
    'storage.googleapis.com with a query',
    `https://storage.googleapis.com/${BUCKET}/${object('left')}?X-Goog-Date=1`,
    true,
  ],
  ['firebasestorage', `https://firebasestorage.googleapis.com/v0/b/${BUCKET}/o/${encoded('left')}`, true],
  [
    'firebasestorage with a token',
    `https://firebasestorage.googleapis.com/v0/b/${BUCKET}/o/${encoded('left')}?alt=media&token=t`,
    true,
  ],
  ['another bucket', `gs://demo-other.firebasestorage.app/${object('left')}`, false],
  ['a bucket that begins alike', `gs://${BUCKET}.evil/${object('left')}`, false],
  ["the project's older bucket", `gs://${PROJECT}.appspot.com/${object('left')}`, false],
  ['another user', `gs://${BUCKET}/scans/bob/${SCAN}/left.jpg`, false],
  ['another scan', `gs://${BUCKET}/scans/alice/other/left.jpg`, false],
  ['another angle', `gs://${BUCKET}/${object('front')}`, false],
  ['another ending', `gs://${BUCKET}/scans/alice/${SCAN}/left.png`, false],
  ['another host', `https://evil.example/${BUCKET}/${object('left')}`, false],
  [
    'a host that begins alike',
    `https://storage.googleapis.com.evil.example/${BUCKET}/${object('left')}`,
    false,
  ],
  [
    'a user name before the host',
    `https://storage.googleapis.com@evil.example/${BUCKET}/${object('left')}`,
    false,
  ],
  ['plain http', `http://storage.googleapis.com/${BUCKET}/${object('left')}`, false],
  ['capitals in the scheme', `GS://${BUCKET}/${object('left')}`, false],
  ['the right URL in a query', `https://evil.example/?gs://${BUCKET}/${object('left')}`, false],
  ['the right URL in a fragment', `https://evil.example/#gs://${BUCKET}/${object('left')}`, false],
  ['a fragment behind it', `gs://${BUCKET}/${object('left')}#x`, false],
  ['a query on gs://', `gs://${BUCKET}/${object('left')}?x=1`, false],
  ['.. in the path', `gs://${BUCKET}/scans/alice/x/../${SCAN}/left.jpg`, false],
  ['encoded .. in the path', `gs://${BUCKET}/scans/alice/x/%2e%2e/${SCAN}/left.jpg`, false],
  ['encoded slashes in gs://', `gs://${BUCKET}/scans%2Falice%2F${SCAN}%2Fleft.jpg`, false],
  [
    'slashes twice encoded',
    `https://firebasestorage.googleapis.com/v0/b/${BUCKET}/o/${encodeURIComponent(encoded('left'))}`,
    false,
  ],
  [
    'lower-case escapes',
    `https://firebasestorage.googleapis.com/v0/b/${BUCKET}/o/${encoded('left').replaceAll('%2F', '%2f')}`,
    false,
  ],
  [
    'bare slashes on firebasestorage',
    `https://firebasestorage.googleapis.com/v0/b/${BUCKET}/o/${object('left')}`,
    false,
  ],
  ['a doubled slash', `gs://${BUCKET}//${object('left')}`, false],
  ['a Cyrillic letter', `gs://${BUCKET}/scans/аlice/${SCAN}/left.jpg`, false],
  ['a full-width slash', `gs://${BUCKET}/scans／alice/${SCAN}/left.jpg`, false],
  ['a zero-width space', `gs://${BUCKET}/scans/alice\u200b/${SCAN}/left.jpg`, false],
  ['a NUL behind it', `gs://${BUCKET}/${object('left')}\u0000`, false],
  ['a line break before it', `\ngs://${BUCKET}/${object('left')}`, false],
  ['a line break and an own URL', `https://evil.example/\ngs://${BUCKET}/${object('left')}`, false],
  ['nothing', '', false],
  [
    'a query of 3000 letters',
    `https://storage.googleapis.com/${BUCKET}/${object('left')}?${'x'.repeat(3000)}`,
    false,
  ],
];

const fields: [string, DocumentData, boolean][] = [
  ['as the contract says', {}, true],
  ['of a whole number of pounds', { weightLb: 180 }, true],
  ['of 20 lb', { weightLb: 20 }, true],
  ['of 1000 lb', { weightLb: 1000 }, true],
  ['of less than 20 lb', { weightLb: 19.99 }, false],
  ['of more than 1000 lb', { weightLb: 1000.01 }, false],
  ['of negative weight', { weightLb: -180 }, false],
  ['of NaN pounds', { weightLb: Number.NaN }, false],
  ['of infinite weight', { weightLb: Number.POSITIVE_INFINITY }, false],
  ['of a weight in text', { weightLb: '180' }, false],
  ['of a weight that is null', { weightLb: null }, false],
  ['of a weight in a list', { weightLb: [180] }, false],
  ['without a weight', { weightLb: leftOut }, false],
  ['of a weight in kilograms', { weightLb: leftOut, weightKg: 82.3 }, true],
  ['of a weight in both units', { weightKg: 82.3 }, false],
  ['of 9.9 kg', { weightLb: leftOut, weightKg: 9.9 }, false],
  ['of 451 kg', { weightLb: leftOut, weightKg: 451 }, false],
  ['of kilograms in text', { weightLb: leftOut, weightKg: '82' }, false],
  [
    'that says how its camera was held',
    { cameraElevationAngles: { front: -3.5, back: 0, left: 4, right: -90 } },
    true,
  ],
  ['that says it of one photo', { cameraElevationAngles: { left: -3.5 } }, true],
  ['that says it of a fifth photo', { cameraElevationAngles: { top: -3.5 } }, false],
  ['of a camera that looks up by more than 90°', { cameraElevationAngles: { back: 90.1 } }, false],
  ['of a camera that looks down by more than 90°', { cameraElevationAngles: { right: -91 } }, false],
  ['of an elevation that is NaN', { cameraElevationAngles: { left: Number.NaN } }, false],
  ['of an elevation in text', { cameraElevationAngles: { front: '-3.5' } }, false],
  ['of an elevation that is null', { cameraElevationAngles: { front: null } }, false],
  ['of one elevation for all photos', { cameraElevationAngles: -3.5 }, false],
  ['of elevations that are null', { cameraElevationAngles: null }, false],
  ['that lets reasons pass', { without: ['arms_at_torso', 'tilted'] }, true],
  ['that lets everything pass that may lie in the body', { without: [...WAIVABLE_ISSUES] }, true],
  ['that lets a head pass that is cut off', { without: ['head_cut_off'] }, false],
  ['that lets nothing pass', { without: [] }, false],
  ['that lets one reason pass twice', { without: ['tilted', 'tilted'] }, false],
  ['that lets a reason pass which is none of the body', { without: ['too_dark'] }, false],
  ['that lets a text pass', { without: 'tilted' }, false],
  ["in another user's name", { userId: 'bob' }, false],
  ['in the name of a list of users', { userId: ['alice'] }, false],
  ['in the name of a map', { userId: { alice: true } }, false],
  ['in the name of null', { userId: null }, false],
  ['without a user', { userId: leftOut }, false],
  ['that says what was uploaded', { uploads: uploads() }, true],
  ['that says it of no photo', { uploads: {} }, false],
  ['that says it of three photos', { uploads: uploads({ left: leftOut }) }, false],
  ['that says it of a fifth photo', { uploads: uploads({ top: SENT }) }, false],
  ['that says it in a list', { uploads: [SENT, SENT, SENT, SENT] }, false],
  ['of uploads that are null', { uploads: null }, false],
  ['of a photo without bytes', { uploads: uploads({ right: { ...SENT, bytes: 0 } }) }, false],
  ['of a photo of more than 15 MiB', { uploads: uploads({ right: { ...SENT, bytes: 15_728_641 } }) }, false],
  ['of a photo of half a byte', { uploads: uploads({ back: { ...SENT, bytes: 0.5 } }) }, false],
  ['of a photo whose size is text', { uploads: uploads({ back: { ...SENT, bytes: '7' } }) }, false],
  ['of a photo without a hash', { uploads: uploads({ front: { bytes: 7 } }) }, false],
  [
    'of a photo with a hash in capitals',
    { uploads: uploads({ front: { ...SENT, sha256: 'A'.repeat(64) } }) },
    false,
  ],
  [
    'of a photo with a short hash',
    { uploads: uploads({ front: { ...SENT, sha256: 'a'.repeat(63) } }) },
    false,
  ],
  ['of a photo with a name', { uploads: uploads({ front: { ...SENT, name: 'me.jpg' } }) }, false],
  ['already queued', { status: 'queued' }, false],
  ['already completed', { status: 'completed' }, false],
  ['with a status in capitals', { status: 'SUBMITTED' }, false],
  ['with a status in a list', { status: ['submitted'] }, false],
  ['without a status', { status: leftOut }, false],
  ['made in the past', { createdAt: Timestamp.fromMillis(0) }, false],
  ['made in the future', { createdAt: Timestamp.fromDate(new Date('2999-01-01')) }, false],
  ['made at a time in text', { createdAt: new Date().toISOString() }, false],
  ['made at a time in ms', { createdAt: Date.now() }, false],
  ['without a time', { createdAt: leftOut }, false],
  ['with forged results', { results: { estimation: { bodyFatPercent: 5 } } }, false],
  ['with a forged rev', { rev: 1_000_000 }, false],
  ['with forged steps', { steps: {} }, false],
  ['with forged progress', { progress: 100 }, false],
  ['with a forged workflow', { workflow: { id: 'w', runId: 'r' } }, false],
  ['with a forged error', { error: null }, false],
  ['with forged warnings', { warnings: [] }, false],
  ['marked simulated', { simulated: false }, false],
  ['that says itself that it waits', { busy: { messageCode: 'busy', params: { minutes: 1 } } }, false],
  ['with a forged update time', { updatedAt: serverTimestamp() }, false],
  ['with a forged end', { completedAt: serverTimestamp() }, false],
  ['with an unknown field', { coupon: 'FREE' }, false],
  ['with a field named __proto__', JSON.parse('{"__proto__x": 1}') as DocumentData, false],
  ['with 900 kB of something', { blob: 'x'.repeat(900_000) }, false],
  ['with bytes', { blob: Bytes.fromUint8Array(new Uint8Array(100_000)) }, false],
  ['with photos in a list', { photoUrls: Object.values(photoUrlsOf(BUCKET, 'alice', SCAN)) }, false],
  ['with photos as text', { photoUrls: 'gs://x' }, false],
  ['with no photos', { photoUrls: {} }, false],
  ['without photos', { photoUrls: leftOut }, false],
  ['with a fifth photo', photos({ top: `gs://${BUCKET}/scans/alice/${SCAN}/top.jpg` }), false],
  ['with a photo that is null', photos({ left: null }), false],
  ['with a photo that is a number', photos({ left: 7 }), false],
  ['with a photo that is a place', photos({ left: new GeoPoint(1, 1) }), false],
  ['with a photo that is a map', photos({ left: { url: `gs://${BUCKET}/${object('left')}` } }), false],
  ['with a weight by increment', { weightLb: increment(180) }, true],
];

const ids: [string, string, boolean][] = [
  ['of 128 letters', 'a'.repeat(128), true],
  ['with - and _', 'a-b_c', true],
  ['of 129 letters', 'a'.repeat(129), false],
  ['with a space', 'a b', false],
  ['with a dot', 'a.b', false],
  ['with %2F', 'a%2Fb', false],
  ['with an umlaut', 'überscan', false],
  ['with a line break', 'scan\n', false],
  ['with an emoji', '📷', false],
  ['of a right-to-left mark', 'scan\u200f', false],
];

export const scanCases: RulesCase[] = [
  ...fields.map(([name, changes, allowed]) =>
    creating(`owner ${may(allowed)} create a scan ${name}`, changes, allowed),
  ),
  ...photoForms.map(([name, left, allowed]) =>
    creating(`owner ${may(allowed)} create a scan with a photo URL of ${name}`, photos({ left }), allowed),
  ),
  ...ANGLES.map((angle) =>
    creating(`owner may not create a scan without its ${angle} photo`, withoutPhoto(angle), false),
  ),
  ...ANGLES.map((angle) =>
    creating(
      `owner may not create a scan whose ${angle} photo is a stranger's`,
      photos({ [angle]: `gs://${BUCKET}/scans/bob/${SCAN}/${angle}.jpg` }),
      false,
    ),
  ),
  ...ids.map(([name, id, allowed]) =>
    creating(`owner ${may(allowed)} create a scan under an id ${name}`, {}, allowed, id),
  ),
  {
    name: 'owner may look at a scan that does not exist yet',
    as: 'owner',
    allowed: true,
    run: (db) => getDoc(doc(db, 'scans', SCAN)),
  },
  {
    name: 'anonymous may not look at a scan that does not exist yet',
    as: 'anonymous',
    allowed: false,
    run: (db) => getDoc(doc(db, 'scans', SCAN)),
  },
  {
    name: "stranger may not create a scan that is the owner's in every field",
    as: 'stranger',
    allowed: false,
    run: (db) => setDoc(doc(db, 'scans', SCAN), submission(SCAN)),
  },
  {
    name: 'owner may not change an own scan by merging the same fields into it',
    as: 'owner',
    allowed: false,
    run: (db) => setDoc(doc(db, 'scans/alice-scan'), submission('alice-scan'), { merge: true }),
  },
];

function withoutPhoto(angle: string): DocumentData {
  const urls: DocumentData = photoUrlsOf(BUCKET, 'alice', SCAN);
  return { photoUrls: Object.fromEntries(Object.entries(urls).filter(([name]) => name !== angle)) };
}

function may(allowed: boolean): string {
  return allowed ? 'may' : 'may not';
}
