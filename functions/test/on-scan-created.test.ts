import { createHash, randomUUID } from 'node:crypto';
import { verifyAudit } from '@reddyfit/shared/audit/check';
import { type Angle, ANGLES, photoUrlsOf } from '@reddyfit/shared/scan/photos';
import { paths } from '@reddyfit/shared/names/paths';
import { scan as scanSchema } from '@reddyfit/shared/scan/document';
import { declaredUploads } from '@reddyfit/shared/scan/uploads';
import { STEP_NAMES } from '@reddyfit/shared/scan/steps';
import { SCAN_CONSENT } from '@reddyfit/shared/account/users';
import { SCAN_COURSE } from '@reddyfit/shared/temporal/workflows';
import { FieldValue, type Firestore, Timestamp } from 'firebase-admin/firestore';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { newIds, photosIn, type ScanStage, scanStage, workflowsAt } from './scan-fixture.ts';
import { type Deliver, loadTrigger } from './trigger.ts';

let deliver: Deliver;
let db: Firestore;
let bucket: string;
let stage: ScanStage;
let photos: ReturnType<typeof photosIn>;
let temporal: Awaited<ReturnType<typeof workflowsAt>>;

beforeAll(async () => {
  ({ deliver, db, bucket } = await loadTrigger('demo-created', {
    firestore: inject('firestore'),
    temporal: inject('temporal'),
  }));
  stage = scanStage(db, bucket);
  photos = photosIn(bucket);
  temporal = await workflowsAt(inject('temporal'));
});

afterAll(async () => {
  await temporal.close();
  await db.terminate();
});

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** The client's declaration of the photos that `photos.upload` uploads. */
const declared = () =>
  declaredUploads.parse(
    Object.fromEntries(ANGLES.map((angle) => [angle, { bytes: 5, sha256: sha256('photo') }])),
  );

/** Everything that a refusal leaves behind and that a user or an auditor can see. */
async function outcome({ uid, scanId }: { uid: string; scanId: string }) {
  const scan = await stage.scan(scanId);
  return {
    scan: scan && [scan.status, scan.rev, scan.progress, scan.error?.code],
    steps: [...new Set(Object.values(scan?.steps ?? {}).map((step) => step.state))],
    ended: scan?.completedAt instanceof Timestamp,
    credits: await stage.credits(uid),
    audit: (await stage.audit(scanId)).map((entry) => [entry.action, entry.detail]),
    workflows: await temporal.runs(scanId),
  };
}

/** The outcome of a scan that was refused at admission: failed with this code, at no cost, without a workflow. */
const refused = (code: string, balance: number | undefined = 3) => ({
  scan: ['failed', 1, 0, code],
  steps: ['skipped'],
  ended: true,
  credits: { balance, ledger: [] },
  audit: [['scan_refused', { code }]],
  workflows: [],
});

it('a scan that is refused after an earlier delivery has started it takes its workflow along', async () => {
  const ids = await stage.person();
  await stage.submit(ids);
  await deliver(ids.scanId);
  await db.doc(paths.user(ids.uid)).update({ heightCm: 'tall' });
  await deliver(ids.scanId);
  expect(await stage.scan(ids.scanId)).toMatchObject({
    status: 'failed',
    error: { code: 'ProfileIncompleteError' },
  });
  expect((await stage.credits(ids.uid)).balance).toBe(3);
  const { events = [] } = await temporal.handle(ids.scanId).fetchHistory();
  expect(events!.filter((event) => event.workflowExecutionCancelRequestedEventAttributes)).toHaveLength(1);
  // The end's announcement was owed, and its workflow was started at once.
  expect((await db.doc(paths.announcement(ids.scanId)).get()).exists).toBe(false);
});

describe('a scan that may start', () => {
  it('is queued, costs one credit and runs one workflow', async () => {
    const ids = await stage.person();
    await stage.submit(ids);
    await deliver(ids.scanId);

    const scan = await stage.scan(ids.scanId);
    expect(scan).toMatchObject({ status: 'queued', rev: 1, progress: 0, weightLb: 181.4 });
    expect(Object.values(scan!.steps!)).toEqual(STEP_NAMES.map(() => ({ state: 'pending', attempt: 0 })));
    expect(scanSchema.safeParse(scan).error).toBeUndefined();
    expect(await stage.credits(ids.uid)).toEqual({ balance: 2, ledger: [`${ids.scanId}:reserve`] });
    const audit = await stage.audit(ids.scanId);
    expect(audit.map((entry) => entry.action)).toEqual(['scan_admitted', 'credit_reserved']);
    expect(verifyAudit(audit, sha256)).toBeNull();
    expect(await temporal.runs(ids.scanId)).toEqual(['RUNNING']);
  });

  it('hands the workflow references and the person as of the day of the scan, and no more than ids and times to its memo and index', async () => {
    const ids = await stage.person({
      profile: { sex: 'male', birthDate: '2000-03-10', heightCm: 180, timeZone: 'Pacific/Auckland' },
    });
    // Noon of 9 March in UTC is 10 March in Auckland, which is the user's birthday.
    await stage.submit(ids, { createdAt: Timestamp.fromDate(new Date('2026-03-09T12:00:00Z')) });
    await deliver(ids.scanId);

    expect(await temporal.input(ids.scanId)).toEqual({
      scanId: ids.scanId,
      userId: ids.uid,
      reader: { locale: 'en', units: 'imperial' },
      photoUrls: photoUrlsOf(bucket, ids.uid, ids.scanId),
      subject: { sex: 'male', heightCm: 180, weightLb: 181.4, ageYears: 26 },
      createdAt: '2026-03-09T12:00:00.000Z',
      rev: 1,
      course: SCAN_COURSE,
      speculativeEstimation: true,
      timeLimitSeconds: 1800,
      // This suite has no Pub/Sub.
      queuedPublished: false,
    });
    const { memo, raw } = await temporal.handle(ids.scanId).describe();
    // The last resort, a day after the time within which the workflow itself ends the scan.
    expect(Number(raw.executionConfig?.workflowExecutionTimeout?.seconds)).toBe(1800 + 25 * 3600);
    expect(memo).toEqual({ scanId: ids.scanId, requestedAt: '2026-03-09T12:00:00.000Z' });
    const index = Object.keys(raw.workflowExecutionInfo?.searchAttributes?.indexedFields ?? {});
    expect(index.filter((name) => name !== 'BuildIds' && !name.startsWith('Temporal')).toSorted()).toEqual([
      'AppVersion',
      'ScanOutcome',
      'Simulated',
    ]);
  });

  it('waits behind the scans of its own user only, under a key that does not name them', async () => {
    const [one, again, other] = [await stage.person(), newIds(), await stage.person()];
    const ids = [one, { uid: one.uid, scanId: again.scanId }, other];
    for (const scan of ids) {
      await stage.submit(scan);
      await deliver(scan.scanId);
    }
    const described = await Promise.all(ids.map(({ scanId }) => temporal.handle(scanId).describe()));
    const priorities = described.map(({ priority }) => priority);
    expect(priorities[0]).toMatchObject({
      priorityKey: 3,
      fairnessKey: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(priorities[1]).toEqual(priorities[0]);
    expect(priorities[2]!.fairnessKey).not.toBe(priorities[0]!.fairnessKey);
  });

  it('has its https photo URLs rewritten to gs://', async () => {
    const ids = await stage.person();
    const object = (angle: string) => `scans/${ids.uid}/${ids.scanId}/${angle}.jpg`;
    await stage.submit(ids, {
      photoUrls: {
        front: `https://storage.googleapis.com/${bucket}/${object('front')}`,
        back: `https://storage.googleapis.com/${bucket}/${object('back')}?X-Goog-Signature=abc&x=1`,
        left: `https://firebasestorage.googleapis.com/v0/b/${bucket}/o/${encodeURIComponent(object('left'))}?alt=media&token=t`,
        right: `gs://${bucket}/${object('right')}`,
      },
    });
    await deliver(ids.scanId);
    const normalised = photoUrlsOf(bucket, ids.uid, ids.scanId);
    expect(await stage.scan(ids.scanId)).toMatchObject({ status: 'queued', photoUrls: normalised });
    expect((await temporal.input(ids.scanId)).photoUrls).toEqual(normalised);
  });

  it('may spend the last credit', async () => {
    const ids = await stage.person({ scanCredits: 1 });
    await stage.submit(ids);
    await deliver(ids.scanId);
    expect(await stage.credits(ids.uid)).toEqual({ balance: 0, ledger: [`${ids.scanId}:reserve`] });
  });
});

describe('a scan that may not start', () => {
  it.each([
    ['no profile', { profile: null }, 'ProfileIncompleteError'],
    ['no birth date', { profile: { sex: 'male', heightCm: 180 } }, 'ProfileIncompleteError'],
    [
      'a birth date ahead',
      { profile: { sex: 'male', heightCm: 180, birthDate: '2999-01-01' } },
      'ProfileIncompleteError',
    ],
    ['no consent', { consent: null }, 'ConsentMissingError'],
    [
      'withdrawn consent',
      { consent: { granted: false, policyVersion: '1', at: Timestamp.now() } },
      'ConsentMissingError',
    ],
    [
      'consent that is not a yes',
      { consent: { granted: 'yes', policyVersion: '1', at: Timestamp.now() } },
      'ConsentMissingError',
    ],
  ])('fails with %s', async (_, changes, code) => {
    const ids = await stage.person(changes);
    await stage.submit(ids);
    await deliver(ids.scanId);
    expect(await outcome(ids)).toEqual(refused(code));
  });

  it('is asked about kilograms that were sent as pounds, before a credit is spent, and believed when sent again', async () => {
    const ids = await stage.person();
    const weekAgo = Timestamp.fromMillis(Date.now() - 7 * 86_400_000);
    await stage.submit(
      { ...ids, scanId: newIds().scanId },
      {
        status: 'completed',
        weightLb: 241,
        createdAt: weekAgo,
      },
    );
    await stage.submit(ids, { weightLb: 109.3 });
    await deliver(ids.scanId);
    const asked = await stage.scan(ids.scanId);
    expect(asked).toMatchObject({ status: 'failed', error: { code: 'WeightDoubtfulError' } });
    expect(asked!.error!.message).toContain('(weightLb) is less than half');
    expect(asked!.error!.message).toContain('kilograms');
    expect(await stage.credits(ids.uid)).toEqual({ balance: 3, ledger: [] });

    // Another doubtful weight is asked about again; the same weight is accepted.
    const [other, same] = [newIds().scanId, newIds().scanId];
    await stage.submit({ ...ids, scanId: other }, { weightLb: 100 });
    await deliver(other);
    expect((await stage.scan(other))?.error?.code).toBe('WeightDoubtfulError');
    await stage.submit({ ...ids, scanId: same }, { weightLb: 109.4 });
    await deliver(same);
    expect((await stage.scan(same))?.status).toBe('queued');
  });

  it('is asked about a height that is another than at the last scan, and believed when sent again', async () => {
    const ids = await stage.person();
    const weekAgo = Timestamp.fromMillis(Date.now() - 7 * 86_400_000);
    const estimation = { bmi: 40, flags: [] };
    await stage.submit(
      { ...ids, scanId: newIds().scanId },
      { status: 'completed', weightLb: 183, createdAt: weekAgo, results: { estimation } },
    );
    await stage.submit(ids, { weightLb: 183 });
    await deliver(ids.scanId);
    expect((await stage.scan(ids.scanId))?.error).toMatchObject({
      messageCode: 'WeightDoubtfulError.height',
      message: expect.stringContaining('heightCm'),
    });
    expect(await stage.credits(ids.uid)).toEqual({ balance: 3, ledger: [] });
    const { scanId } = newIds();
    await stage.submit({ ...ids, scanId }, { weightLb: 183 });
    await deliver(scanId);
    // The answer is about the height: it does not make the weight doubtful, so later scans are compared with this one.
    expect((await temporal.input(scanId)).weightConfirmed).toBeUndefined();
  });

  it('is believed in its weight once the body in the photos was asked about, whatever was asked about the height', async () => {
    const ids = await stage.person();
    const ago = (minutes: number) => Timestamp.fromMillis(Date.now() - minutes * 60_000);
    for (const [minutes, question] of [[9, 'height'], [5, 'body']] as const)
      await stage.submit({ ...ids, scanId: newIds().scanId }, { status: 'failed', weightLb: 183, createdAt: ago(minutes), error: { code: 'WeightDoubtfulError', messageCode: `WeightDoubtfulError.${question}` } }); // prettier-ignore
    await stage.submit(ids, { weightLb: 183 });
    await deliver(ids.scanId);
    expect((await temporal.input(ids.scanId)).weightConfirmed).toBe(true);
  });

  /** A scan of a minute ago that was rejected: for the arms in its front photo, unless other `faults` are said. */
  async function rejected(
    uid: string,
    {
      without = [],
      offer,
      faults = { front: ['arms_at_torso', 'blurred'] },
    }: { without?: string[]; offer?: object; faults?: Partial<Record<Angle, readonly string[]>> } = {},
  ) {
    const feedback = Object.fromEntries(
      ANGLES.map((angle) => {
        const issues = (faults[angle] ?? []).map((code) => ({ code }));
        return [angle, { accepted: issues.length === 0, issues }];
      }),
    );
    await stage.submit(
      { uid, scanId: newIds().scanId },
      {
        status: 'rejected',
        createdAt: Timestamp.fromMillis(Date.now() - 60_000),
        results: { qualityCheck: { accepted: false, photos: feedback, ...(offer && { offer }) } },
        ...(without.length > 0 && { without }),
      },
    );
  }

  it.each([
    ['was offered', { offer: { without: ['tilted'] } }],
    ['was let pass before', { without: ['tilted'] }],
  ])('takes along what the scan before was rejected for, and lets pass what %s', async (_, before) => {
    const ids = await stage.person();
    await rejected(ids.uid, before);
    await stage.submit(ids, { without: ['tilted'] });
    await deliver(ids.scanId);
    await deliver(ids.scanId);
    expect(await temporal.input(ids.scanId)).toMatchObject({
      rejectedBefore: ['arms_at_torso'],
      without: ['tilted'],
    });
  });

  it('takes along how the camera was held', async () => {
    const ids = await stage.person();
    const cameraElevationAngles = { front: -3.5, left: 4 };
    await stage.submit(ids, { cameraElevationAngles });
    await deliver(ids.scanId);
    expect(await temporal.input(ids.scanId)).toMatchObject({ cameraElevationAngles });
    expect(await stage.scan(ids.scanId)).toMatchObject({ status: 'queued', cameraElevationAngles });
  });

  it.each([
    ['out of its bounds', { left: 91 }, 'cameraElevationAngles.left'],
    ['of another type', { back: '4' }, 'cameraElevationAngles.back'],
    ['of no photo', 4, 'cameraElevationAngles'],
  ])('is refused at no cost for an elevation %s, which is named', async (_, cameraElevationAngles, field) => {
    const ids = await stage.person();
    await stage.submit(ids, { cameraElevationAngles });
    await deliver(ids.scanId);
    expect(await stage.scan(ids.scanId)).toMatchObject({
      status: 'failed',
      error: { code: 'InvalidScanError', params: { field } },
    });
    expect(await stage.credits(ids.uid)).toEqual({ balance: 3, ledger: [] });
  });

  it.each<[string, string[], string[]]>([
    ['two show somebody', [], ['not_a_person', 'several_people']],
    ['one shows somebody', ['not_a_person'], ['several_people']],
  ])(
    'takes along that a photo showed nobody as its four photos tell: %s',
    async (_, back, rejectedBefore) => {
      const ids = await stage.person();
      const nobody = ['not_a_person'];
      await rejected(ids.uid, { faults: { front: ['several_people'], back, left: nobody, right: nobody } });
      await stage.submit(ids);
      await deliver(ids.scanId);
      expect((await temporal.input(ids.scanId)).rejectedBefore).toEqual(rejectedBefore);
    },
  );

  it.each([
    ['nothing', undefined],
    ['another reason', { without: ['tilted'] }],
  ])('is refused at no cost when it is to let a reason pass while %s was offered', async (_, offer) => {
    const ids = await stage.person();
    await rejected(ids.uid, offer && { offer });
    await stage.submit(ids, { without: ['arms_at_torso'] });
    await deliver(ids.scanId);
    expect(await stage.scan(ids.scanId)).toMatchObject({
      status: 'failed',
      error: { code: 'InvalidScanError', messageCode: 'InvalidScanError.not_offered', retryable: false },
    });
    expect(await stage.credits(ids.uid)).toEqual({ balance: 3, ledger: [] });
  });

  it('may come with its weight in kilograms, and has it in pounds from then on', async () => {
    const ids = await stage.person();
    await stage.submit(ids, { weightKg: 82.3 });
    await db.doc(paths.scan(ids.scanId)).update({ weightLb: FieldValue.delete() });
    await deliver(ids.scanId);
    await deliver(ids.scanId);
    expect(await stage.scan(ids.scanId)).toMatchObject({
      status: 'queued',
      weightKg: 82.3,
      weightLb: 181.44,
    });
    expect((await temporal.input(ids.scanId)).subject.weightLb).toBe(181.44);
  });

  it('is admitted when the photos arrived as it says', async () => {
    const ids = await stage.person();
    await photos.upload(ids);
    await stage.submit(ids, { uploads: declared() });
    await deliver(ids.scanId);
    await deliver(ids.scanId);
    expect(await stage.scan(ids.scanId)).toMatchObject({ status: 'queued', uploads: declared() });
    expect((await stage.credits(ids.uid)).ledger).toEqual([`${ids.scanId}:reserve`]);
  });

  it.each([
    ['a photo that was cut', { bytes: 9 }, 'UploadMismatchError.bytes', 'uploads.left.bytes', '5 of 9 bytes'],
    [
      'a changed photo',
      { sha256: sha256('other') },
      'UploadMismatchError.sha256',
      'uploads.left.sha256',
      'left',
    ],
  ])('is refused at no cost for %s, by the name of its field', async (_, left, messageCode, field, words) => {
    const ids = await stage.person();
    await photos.upload(ids);
    await stage.submit(ids, { uploads: { ...declared(), left: { ...declared().left, ...left } } });
    await deliver(ids.scanId);
    expect(await outcome(ids)).toEqual(refused('UploadMismatchError'));
    const { error } = (await stage.scan(ids.scanId))!;
    expect(error).toMatchObject({ messageCode, retryable: true, params: { angle: 'left', field } });
    expect(error?.message).toContain(words);
    expect(error?.message).toContain(field);
    expect(await photos.count(ids)).toBe(0);
  });

  it('is refused at no cost for a photo that has not arrived', async () => {
    const ids = await stage.person();
    await photos.upload(ids, ['front', 'back', 'left']);
    await stage.submit(ids, { uploads: declared() });
    await deliver(ids.scanId);
    expect(await outcome(ids)).toEqual(refused('UploadMismatchError'));
    expect((await stage.scan(ids.scanId))?.error).toMatchObject({
      messageCode: 'UploadMismatchError.missing',
      params: { angle: 'right', field: 'uploads.right' },
    });
  });

  it('of uploads that came past the rules is refused by the name of their field', async () => {
    const ids = await stage.person();
    await stage.submit(ids, { uploads: { ...declared(), back: { bytes: 'many' } } });
    await deliver(ids.scanId);
    expect((await stage.scan(ids.scanId))?.error).toMatchObject({
      messageCode: 'InvalidScanError.field',
      params: { field: 'uploads.back.bytes' },
    });
  });

  it('with a weight that nobody has at this height is refused, and names both', async () => {
    const ids = await stage.person();
    await stage.submit(ids, { weightLb: 20 });
    await deliver(ids.scanId);
    expect((await stage.scan(ids.scanId))?.error).toMatchObject({
      code: 'MeasuresImplausibleError',
      message: expect.stringContaining('heightCm'),
    });
  });

  it('is admitted by an account that somebody extended', async () => {
    const ids = await stage.person();
    await db.doc(paths.account(ids.uid)).update({ note: 'from the console' });
    await stage.submit(ids);
    await deliver(ids.scanId);
    expect((await stage.scan(ids.scanId))?.status).toBe('queued');
    expect((await db.doc(paths.account(ids.uid)).get()).data()).toEqual({
      scanCredits: 2,
      note: 'from the console',
    });
  });

  it('fails as our fault, and leaves the account alone, when that cannot be read', async () => {
    const ids = await stage.person();
    await db.doc(paths.account(ids.uid)).set({ scanCredits: '3' });
    await stage.submit(ids);
    await deliver(ids.scanId);
    const { scan, credits } = await outcome(ids);
    expect(scan).toEqual(['failed', 1, 0, 'InternalError']);
    expect(credits).toEqual({ balance: '3', ledger: [] });
  });

  it('fails with no credits left, and with no account at all', async () => {
    const broke = await stage.person({ scanCredits: 0 });
    await stage.submit(broke);
    await deliver(broke.scanId);
    expect(await outcome(broke)).toEqual(refused('InsufficientCreditsError', 0));

    const unknown = await stage.person({ scanCredits: null });
    await stage.submit(unknown);
    await deliver(unknown.scanId);
    const scan = await stage.scan(unknown.scanId);
    expect(scan).toMatchObject({
      status: 'failed',
      error: { code: 'InsufficientCreditsError', retryable: false },
    });
  });

  type Forgery = (ids: { uid: string; scanId: string }) => string;
  it.each<[string, Forgery]>([
    [
      'in another bucket',
      ({ uid, scanId }) => `gs://demo-other.firebasestorage.app/scans/${uid}/${scanId}/left.jpg`,
    ],
    [
      'of another user',
      ({ scanId }) => `gs://${'demo-created.firebasestorage.app'}/scans/stranger/${scanId}/left.jpg`,
    ],
    [
      'of another scan',
      ({ uid }) => `gs://demo-created.firebasestorage.app/scans/${uid}/${randomUUID()}/left.jpg`,
    ],
    [
      'of another angle',
      ({ uid, scanId }) => `gs://demo-created.firebasestorage.app/scans/${uid}/${scanId}/front.jpg`,
    ],
    [
      'on another host',
      ({ uid, scanId }) =>
        `https://evil.example/demo-created.firebasestorage.app/scans/${uid}/${scanId}/left.jpg`,
    ],
    [
      'on a look-alike host',
      ({ uid, scanId }) =>
        `https://storage.googleapis.com.evil.example/demo-created.firebasestorage.app/scans/${uid}/${scanId}/left.jpg`,
    ],
    [
      'behind a user name',
      ({ uid, scanId }) =>
        `https://storage.googleapis.com@evil.example/demo-created.firebasestorage.app/scans/${uid}/${scanId}/left.jpg`,
    ],
    [
      'behind ..',
      ({ uid, scanId }) => `gs://demo-created.firebasestorage.app/scans/${uid}/x/../${scanId}/left.jpg`,
    ],
    [
      'behind an encoded slash',
      ({ uid, scanId }) => `gs://demo-created.firebasestorage.app/scans/${uid}%2F${scanId}/left.jpg`,
    ],
    [
      'in a query',
      ({ uid, scanId }) =>
        `https://evil.example/?gs://demo-created.firebasestorage.app/scans/${uid}/${scanId}/left.jpg`,
    ],
    [
      'with a query on gs://',
      ({ uid, scanId }) => `gs://demo-created.firebasestorage.app/scans/${uid}/${scanId}/left.jpg?x`,
    ],
    [
      'over plain http',
      ({ uid, scanId }) =>
        `http://storage.googleapis.com/demo-created.firebasestorage.app/scans/${uid}/${scanId}/left.jpg`,
    ],
  ])('fails with a photo %s, and names the photo', async (_, forge) => {
    const ids = await stage.person();
    await stage.submit(ids, { photoUrls: { ...photoUrlsOf(bucket, ids.uid, ids.scanId), left: forge(ids) } });
    await deliver(ids.scanId);
    expect(await outcome(ids)).toEqual(refused('PhotoNotOwnedError'));
    const scan = (await stage.scan(ids.scanId))!;
    expect(scan.error!.message).toContain('left photo');
  });

  it.each([
    ['too light', 19.9],
    ['too heavy', 1000.1],
    ['not a number', Number.NaN],
    ['infinite', Number.POSITIVE_INFINITY],
    ['text', '181.4'],
    ['missing', null],
  ])('fails with a weight that is %s, and says what a weight is', async (_, weightLb) => {
    const ids = await stage.person();
    await stage.submit(ids, { weightLb });
    await deliver(ids.scanId);
    expect(await outcome(ids)).toEqual(refused('InvalidScanError'));
    const scan = (await stage.scan(ids.scanId))!;
    expect(scan.error!.message).toContain('from 20 lb to 1,000 lb');
  });

  it.each([
    ['de_DE', 'von 9 kg bis 454 kg'],
    ['es_MX@calendar=gregorian', 'entre 9 kg y 454 kg'],
    ['hi_IN', '9 कि॰ग्रा॰ से 454 कि॰ग्रा॰'],
    ['fr-CA', 'from 9 kg to 454 kg'],
  ])('is told in the words, numbers and units of %s, beside code and parameters', async (locale, words) => {
    const ids = await stage.person({
      profile: { sex: 'female', birthDate: '1990-05-17', heightCm: 168, locale },
    });
    await stage.submit(ids, { weightLb: 19.9 });
    await deliver(ids.scanId);
    const { error } = (await stage.scan(ids.scanId))!;
    expect(error).toMatchObject({
      code: 'InvalidScanError',
      messageCode: 'InvalidScanError.weight',
      params: { minLb: 20, maxLb: 1000 },
    });
    expect(error!.message.replaceAll('\u00a0', ' ')).toContain(words);
  });

  it('of a weight in kilograms, is told the limits of that field', async () => {
    const ids = await stage.person({
      profile: { sex: 'female', birthDate: '1990-05-17', heightCm: 168, locale: 'de_DE' },
    });
    await stage.submit(ids, { weightKg: 9.5 });
    await db.doc(paths.scan(ids.scanId)).update({ weightLb: FieldValue.delete() });
    await deliver(ids.scanId);
    const { error } = (await stage.scan(ids.scanId))!;
    expect(error).toMatchObject({
      messageCode: 'InvalidScanError.weight',
      params: { minLb: 22.05, maxLb: 992.08 },
    });
    expect(error!.message.replaceAll('\u00a0', ' ')).toContain('von 10 kg bis 450 kg');
  });

  it.each([
    ['an unknown field', { coupon: 'FREE' }, 'coupon'],
    ['forged results', { results: { estimation: { bodyFatPercent: 5 } } }, 'results'],
    ['a forged rev', { rev: 999_999 }, 'rev'],
    ['a forged status queued', { status: 'queued' }, 'status'],
    ['a forged status processing', { status: 'processing' }, 'status'],
    ['a made-up status', { status: 'free' }, 'status'],
    ['a date instead of a timestamp', { createdAt: '2026-11-23' }, 'createdAt'],
    ['photos as a list', { photoUrls: ['a', 'b', 'c', 'd'] }, 'photoUrls'],
    ['a missing photo', { photoUrls: { front: 'x', back: 'x', left: 'x' } }, 'photoUrls.right'],
    [
      'an extra photo',
      { photoUrls: { front: 'x', back: 'x', left: 'x', right: 'x', top: 'x' } },
      'photoUrls.top',
    ],
  ])('fails with %s, and names the field', async (_, changes, field) => {
    const ids = await stage.person();
    await stage.submit(ids, changes);
    await deliver(ids.scanId);
    expect(await outcome(ids)).toEqual(refused('InvalidScanError'));
    const scan = (await stage.scan(ids.scanId))!;
    expect(scan.error!.message).toContain(`${field} is missing or not allowed`);
    expect(scan.results).toBeUndefined();
  });

  it.each([
    ['missing', null],
    ['a number', 7],
    ['a path', 'a/b'],
    ['dots', '..'],
    ['reserved', '__x__'],
    ['empty', ''],
    ['endless', 'u'.repeat(1400)],
  ])('fails with a userId that is %s', async (_, userId) => {
    const ids = await stage.person();
    await stage.submit(ids, { userId });
    await deliver(ids.scanId);
    expect(await outcome(ids)).toEqual(refused('InvalidScanError'));
    const scan = (await stage.scan(ids.scanId))!;
    expect(scan.error!.message).toContain('userId');
  });

  it('fails when its id cannot name a workflow', async () => {
    const ids = { ...(await stage.person()), scanId: `überscan ${randomUUID()}` };
    await stage.submit(ids);
    await deliver(ids.scanId);
    expect(await outcome(ids)).toEqual(refused('InvalidScanError'));
  });

  it('fails when its created event comes too late, and says so', async () => {
    const ids = await stage.person();
    await stage.submit(ids);
    await deliver(ids.scanId, new Date(Date.now() - 3_601_000).toISOString());
    expect(await outcome(ids)).toEqual(refused('ScanExpiredError'));
    const scan = (await stage.scan(ids.scanId))!;
    expect(scan.error!.retryable).toBe(true);
  });

  it('stays refused, with one audit entry, when the event comes again', async () => {
    const ids = await stage.person({ scanCredits: 0 });
    await stage.submit(ids);
    await Promise.all([deliver(ids.scanId), deliver(ids.scanId), deliver(ids.scanId)]);
    await db.doc(paths.account(ids.uid)).set({ scanCredits: 5 });
    await deliver(ids.scanId);
    expect(await outcome(ids)).toEqual(refused('InsufficientCreditsError', 5));
  });
});

describe('an event that is delivered again', () => {
  it('ten times at once reserves one credit and starts one workflow', async () => {
    const ids = await stage.person();
    await stage.submit(ids);
    await Promise.all(Array.from({ length: 10 }, () => deliver(ids.scanId)));
    expect(await stage.credits(ids.uid)).toEqual({ balance: 2, ledger: [`${ids.scanId}:reserve`] });
    expect((await stage.audit(ids.scanId)).length).toBe(2);
    expect(await temporal.runs(ids.scanId)).toEqual(['RUNNING']);
    expect((await stage.scan(ids.scanId))!.rev).toBe(1);
  });

  it('starts no second workflow after the first has ended', async () => {
    const ids = await stage.person();
    await stage.submit(ids);
    await deliver(ids.scanId);
    await temporal.handle(ids.scanId).terminate();
    await deliver(ids.scanId);
    expect(await temporal.runs(ids.scanId)).toEqual(['TERMINATED']);
  });

  it.each(['completed', 'rejected', 'failed', 'canceled'])('leaves a %s scan as it is', async (status) => {
    const ids = await stage.person();
    await stage.submit(ids);
    await deliver(ids.scanId);
    await db.doc(paths.scan(ids.scanId)).update({ status, rev: 9 });
    const before = await stage.scan(ids.scanId);
    await deliver(ids.scanId);
    expect(await stage.scan(ids.scanId)).toEqual(before);
    expect((await stage.credits(ids.uid)).balance).toBe(2);
  });

  it('leaves a processing scan as it is', async () => {
    const ids = await stage.person();
    await stage.submit(ids);
    await deliver(ids.scanId);
    await db.doc(paths.scan(ids.scanId)).update({ status: 'processing', rev: 2 });
    await deliver(ids.scanId);
    expect(await stage.scan(ids.scanId)).toMatchObject({ status: 'processing', rev: 2 });
  });

  it('ignores a scan that was deleted', async () => {
    const ids = newIds();
    await deliver(ids.scanId);
    expect(await stage.scan(ids.scanId)).toBeUndefined();
    expect(await stage.audit(ids.scanId)).toEqual([]);
    expect(await temporal.runs(ids.scanId)).toEqual([]);
  });

  it('returns the credit when consent was withdrawn between admission and start', async () => {
    const ids = await stage.person();
    await stage.submit(ids);
    await deliver(ids.scanId);
    await db.doc(paths.consent(ids.uid, SCAN_CONSENT)).update({ granted: false });
    await deliver(ids.scanId);
    expect(await stage.scan(ids.scanId)).toMatchObject({
      status: 'failed',
      rev: 2,
      error: { code: 'ConsentMissingError' },
    });
    expect(await stage.credits(ids.uid)).toEqual({
      balance: 3,
      ledger: [`${ids.scanId}:refund`, `${ids.scanId}:reserve`],
    });
    const audit = await stage.audit(ids.scanId);
    expect(audit.map((entry) => entry.action)).toEqual([
      'scan_admitted',
      'credit_reserved',
      'scan_refused',
      'credit_refunded',
    ]);
    expect(verifyAudit(audit, sha256)).toBeNull();
  });

  it('does not start a scan again under an id that was used before', async () => {
    const ids = await stage.person();
    await stage.submit(ids);
    await deliver(ids.scanId);
    await db.doc(paths.scan(ids.scanId)).delete();
    await stage.submit(ids);
    await deliver(ids.scanId);
    expect(await stage.scan(ids.scanId)).toMatchObject({
      status: 'failed',
      error: { code: 'InvalidScanError' },
    });
    expect((await stage.credits(ids.uid)).ledger).toEqual([`${ids.scanId}:reserve`]);
  });
});

it('two scans at once cannot spend the same last credit', async () => {
  const first = await stage.person({ scanCredits: 1 });
  const second = { uid: first.uid, scanId: randomUUID() };
  await Promise.all([stage.submit(first), stage.submit(second)]);
  await Promise.all([deliver(first.scanId), deliver(second.scanId)]);
  const statuses = [(await stage.scan(first.scanId))!.status, (await stage.scan(second.scanId))!.status];
  expect(statuses.sort()).toEqual(['failed', 'queued']);
  expect((await stage.credits(first.uid)).balance).toBe(0);
});
