import { ANGLES, photoUrlsOf } from '@reddyfit/shared/scan/photos';
import { describe, expect, it } from 'vitest';
import type { StoredPhoto } from '../photos/photo-store.ts';
import type { Examination, ExaminationRequest } from './examine-photo.ts';
import { createScanExaminations, type ScanExaminations } from './scan-examinations.ts';

const TIMING = { waitMs: 2000, everyMs: 5, keepMs: 60_000 };
const never = () => new AbortController().signal;
const scan = (scanId: string) => ({ scanId, photoUrls: photoUrlsOf('bucket', 'user-a', scanId) });

interface Options {
  readonly read?: (url: string) => StoredPhoto | null;
  readonly examine?: (request: ExaminationRequest, signal: AbortSignal) => Promise<Examination>;
  readonly waitMs?: number;
}

/** Examinations with a bucket and an examiner that record what they are asked for. */
function counted({ read, examine, waitMs = TIMING.waitMs }: Options = {}) {
  const [reads, examined]: [string[], ExaminationRequest[]] = [[], []];
  const examinations: ScanExaminations = createScanExaminations(
    {
      async read(url) {
        reads.push(url);
        return read ? read(url) : { bytes: Buffer.from(url), contentType: 'image/jpeg' };
      },
    },
    {
      async examine(request, signal) {
        examined.push(request);
        return examine ? examine(request, signal!) : { issues: [] };
      },
    },
    { copies: 'with faces', timing: { ...TIMING, waitMs } },
  );
  return { examinations, reads, examined };
}

describe('the photos of a scan', () => {
  it('are downloaded and examined once for all its steps, at once and later', async () => {
    const { examinations, reads, examined } = counted();
    const [one, two] = await Promise.all([
      examinations.of(scan('a'), never()),
      examinations.of(scan('a'), never()),
    ]);
    expect(two).toBe(one);
    expect(await examinations.of(scan('a'), never())).toBe(one);
    expect(reads).toHaveLength(4);
    expect(examined.map(({ angle, declaredType, copy }) => [angle, declaredType, copy])).toEqual(
      ANGLES.map((angle) => [angle, 'image/jpeg', 'with faces']),
    );
  });

  it('are not those of another scan', async () => {
    const { examinations, reads } = counted();
    expect(examinations.has('a')).toBe(false);
    await examinations.of(scan('a'), never());
    expect([examinations.has('a'), examinations.has('b')]).toEqual([true, false]);
    await examinations.of(scan('b'), never());
    expect(new Set(reads).size).toBe(8);
  });

  it('are kept for the latest scans only', async () => {
    const { examinations, reads } = counted();
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    for (let i = 0; i < 80; i++) await examinations.of(scan(`scan-${i}`), never());
    await examinations.of(scan('scan-79'), never());
    expect(reads).toHaveLength(320);
    await examinations.of(scan('scan-0'), never());
    expect(reads).toHaveLength(324);
  });

  it('stay while many other scans are examined, until these have settled', async () => {
    const others = Promise.withResolvers<void>();
    const { examinations } = counted({
      examine: async ({ photo }) => {
        if (!Buffer.from(photo).toString().includes('first')) await others.promise;
        return { issues: [] };
      },
    });
    await examinations.of(scan('first'), never());
    const under = Array.from({ length: 80 }, (_, i) => examinations.of(scan(`scan-${i}`), never()));
    expect(examinations.has('first')).toBe(true);
    others.resolve();
    await Promise.all(under);
    expect(examinations.has('first')).toBe(false);
    expect(examinations.has('scan-79')).toBe(true);
  });

  it('are let go when nothing needs them any more, but not those under way', async () => {
    const first = Promise.withResolvers<void>();
    const { examinations, reads } = counted({
      examine: async () => {
        await first.promise;
        return { issues: [] };
      },
    });
    const under = examinations.of(scan('a'), never());
    examinations.forget('a');
    first.resolve();
    await under;
    expect(await examinations.of(scan('a'), never())).toBe(await under);
    expect(reads).toHaveLength(4);
    examinations.forget('a');
    expect(examinations.has('a')).toBe(false);
    await examinations.of(scan('a'), never());
    expect(reads).toHaveLength(8);
  });

  it('that are still on their way are waited for, and whoever asks is told', async () => {
    let looks = 0;
    const { examinations } = counted({
      read: (url) =>
        url.includes('left') && ++looks < 4 ? null : { bytes: Buffer.from('x'), contentType: null },
    });
    let told = 0;
    const examined = await examinations.of(scan('a'), never(), () => told++);
    expect(examined.left.issues).toEqual([]);
    expect([looks, told]).toEqual([4, 1]);
  });

  it('that do not come are missing', async () => {
    const { examinations } = counted({ read: () => null, waitMs: 20 });
    const { back } = await examinations.of(scan('a'), never());
    expect(back.issues).toMatchObject([{ code: 'missing' }]);
  });
});

describe('work that is not wanted any more', () => {
  const untilAborted = (_: ExaminationRequest, signal: AbortSignal) =>
    new Promise<Examination>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });

  it('goes on for the other step when one is canceled, and ends with both', async () => {
    const signals: AbortSignal[] = [];
    const { examinations } = counted({
      examine: (request, signal) => (signals.push(signal), untilAborted(request, signal)),
    });
    const [one, two] = [new AbortController(), new AbortController()];
    const first = examinations.of(scan('a'), one.signal);
    const second = examinations.of(scan('a'), two.signal);
    one.abort(new Error('one is canceled'));
    await expect(first).rejects.toThrow('one is canceled');
    expect(signals.some(({ aborted }) => aborted)).toBe(false);
    two.abort(new Error('two is canceled'));
    await expect(second).rejects.toThrow('two is canceled');
    expect(signals.every(({ aborted }) => aborted)).toBe(true);
  });

  it('ends for all four photos when one fails, and the next attempt begins anew', async () => {
    let fails = true;
    const { examinations, reads } = counted({
      async examine({ angle }) {
        if (fails && angle === 'back') throw new Error('no process');
        return { issues: [] };
      },
    });
    await expect(examinations.of(scan('a'), never())).rejects.toThrow('no process');
    fails = false;
    await examinations.of(scan('a'), never());
    expect(reads).toHaveLength(8);
  });
});
