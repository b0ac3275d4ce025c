import { ANGLES, type Angle, photoUrlsOf } from '@reddyfit/shared/scan/photos';
import { describe, expect, it, vi } from 'vitest';
import type { StoredPhoto } from '../photos/photo-store.ts';
import { poseOf } from '../../../../shared/src/gate/standing.fixture.ts';
import type { Examination, ExaminationRequest } from './examination.ts';
import { createScanExaminations, type ScanExaminations } from './scan-examinations.ts';
import type { Silhouette } from './silhouette.ts';

const TIMING = { waitMs: 2000, everyMs: 5, keepMs: 60_000 };
const never = () => new AbortController().signal;
const scan = (scanId: string) => ({ scanId, photoUrls: photoUrlsOf('bucket', 'user-a', scanId) });

interface Options {
  readonly read?: (url: string) => StoredPhoto | null;
  readonly look?: (request: ExaminationRequest, signal: AbortSignal) => Promise<Examination>;
  readonly outline?: (angle: Angle, signal: AbortSignal) => Promise<Silhouette | undefined>;
  readonly waitMs?: number;
}

/** An outline by which a test tells that of this photo. */
const outlineOf = (angle: Angle): Silhouette => ({
  crown: ANGLES.indexOf(angle),
  soles: 100,
  ankles: 95,
  firstRow: 0,
  rows: [],
});

/** A look at somebody who stands as asked. */
const standing = async ({ angle }: ExaminationRequest): Promise<Examination> => ({
  issues: [],
  pose: poseOf(angle),
});

/** Examinations with a bucket and an examiner that record what they are asked for. */
function counted({ read, look = standing, outline, waitMs = TIMING.waitMs }: Options = {}) {
  const [reads, examined, order]: [string[], ExaminationRequest[], string[]] = [[], [], []];
  const examinations: ScanExaminations = createScanExaminations(
    {
      async read(url) {
        reads.push(url);
        return read ? read(url) : { bytes: Buffer.from(url), contentType: 'image/jpeg' };
      },
    },
    {
      async look(request, signal) {
        const { angle } = request;
        examined.push(request);
        const examination = await look(request, signal!);
        order.push(`look ${angle}`);
        return {
          examination,
          async outline() {
            order.push(`outline ${angle}`);
            return outline ? outline(angle, signal!) : outlineOf(angle);
          },
          release: () => void order.push(`release ${angle}`),
        };
      },
    },
    { copies: 'with faces', timing: { ...TIMING, waitMs } },
  );
  return { examinations, reads, examined, order };
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
      look: async (request) => {
        if (!Buffer.from(request.photo).toString().includes('first')) await others.promise;
        return standing(request);
      },
    });
    await examinations.outlined(scan('first'), never());
    const under = Array.from({ length: 80 }, (_, i) => examinations.outlined(scan(`scan-${i}`), never()));
    expect(examinations.has('first')).toBe(true);
    others.resolve();
    await Promise.all(under);
    expect(examinations.has('first')).toBe(false);
    expect(examinations.has('scan-79')).toBe(true);
  });

  it('are let go when nothing needs them any more, but not those under way', async () => {
    const first = Promise.withResolvers<void>();
    const { examinations, reads } = counted({
      look: async (request) => {
        await first.promise;
        return standing(request);
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

describe('the outlines', () => {
  const all = (what: string) => ANGLES.map((angle) => `${what} ${angle}`);

  it('come after the looks at all four photos, and nobody waits for them who needs the looks alone', async () => {
    const held = Promise.withResolvers<void>();
    const { examinations, examined, order } = counted({
      outline: async (angle) => (await held.promise, outlineOf(angle)),
    });
    const outlined = examinations.outlined(scan('a'), never());
    const looked = await examinations.of(scan('a'), never());
    expect(ANGLES.map((angle) => looked[angle].pose?.silhouette)).toEqual(ANGLES.map(() => undefined));
    expect(examinations.has('a')).toBe(true);
    held.resolve();
    const silhouettes = ANGLES.map(async (angle) => (await outlined)![angle].pose?.silhouette);
    expect(await Promise.all(silhouettes)).toEqual(ANGLES.map(outlineOf));
    expect(order).toEqual([...all('look'), ...all('outline')]);
    expect(examined).toHaveLength(4);
  });

  it("go with their photos, where two show each other's side", async () => {
    const swapped = { front: 'front', back: 'back', left: 'right', right: 'left' } as const;
    const { examinations } = counted({
      look: async ({ angle }) => ({ issues: [], pose: poseOf(swapped[angle]) }),
    });
    const outlined = await examinations.outlined(scan('a'), never());
    expect(outlined!.left).toMatchObject({ sentAs: 'right', pose: { silhouette: outlineOf('right') } });
    expect(outlined!.right).toMatchObject({ sentAs: 'left', pose: { silhouette: outlineOf('left') } });
  });

  it('are not made where the gate refuses a photo', async () => {
    const { examinations, order } = counted({
      look: async (request) => ({
        ...(await standing(request)),
        ...(request.angle === 'back' && { pose: { width: 900, height: 1200, people: [] } }),
      }),
    });
    expect(await examinations.outlined(scan('a'), never())).toBeNull();
    expect(order).toEqual([...all('look'), ...all('release')]);
  });

  it('end with the scan: the looks are over, and whoever waits for the outlines is canceled', async () => {
    const signals: AbortSignal[] = [];
    const { examinations, order } = counted({
      outline: (_, signal) => (signals.push(signal), new Promise(() => undefined)),
    });
    const canceled = new AbortController();
    const outlined = examinations.outlined(scan('a'), canceled.signal);
    await examinations.of(scan('a'), canceled.signal);
    await vi.waitFor(() => expect(order).toHaveLength(8));
    expect(signals.some(({ aborted }) => aborted)).toBe(false);
    canceled.abort(new Error('canceled'));
    await expect(outlined).rejects.toThrow('canceled');
    expect(signals.every(({ aborted }) => aborted)).toBe(true);
    expect(examinations.has('a')).toBe(false);
  });

  it('that fail take no verdict with them, and the next attempt begins anew', async () => {
    let fails = true;
    const { examinations, reads } = counted({
      async outline(angle) {
        if (fails && angle === 'back') throw new Error('no process');
        return outlineOf(angle);
      },
    });
    const outlined = examinations.outlined(scan('a'), never());
    outlined.catch(() => undefined);
    expect((await examinations.of(scan('a'), never())).back.issues).toEqual([]);
    await expect(outlined).rejects.toThrow('no process');
    fails = false;
    expect((await examinations.outlined(scan('a'), never()))!.back.pose?.silhouette).toEqual(
      outlineOf('back'),
    );
    expect(reads).toHaveLength(8);
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
      look: (request, signal) => (signals.push(signal), untilAborted(request, signal)),
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
      async look(request) {
        if (fails && request.angle === 'back') throw new Error('no process');
        return standing(request);
      },
    });
    await expect(examinations.of(scan('a'), never())).rejects.toThrow('no process');
    fails = false;
    await examinations.of(scan('a'), never());
    expect(reads).toHaveLength(8);
  });
});
