/** Photos whose process is stopped, ended or too slow, with real processes and real signals. */

import { readFileSync } from 'node:fs';
import { ANGLES } from '@reddyfit/shared/scan/photos';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { drawnPhoto } from '../photos/drawn-photo.fixture.ts';
import { photoExaminersOf } from './photo-examiners.fixture.ts';
import type { ExaminerLimits } from './examiner-limits.ts';
import { createPhotoExaminer, type PhotoExaminer } from './examiner-pool.ts';

const photo = await drawnPhoto().jpeg().toBuffer();
const request = { photo, angle: 'front', declaredType: null, copy: false } as const;

/** A photo within all limits that takes a decoder a second, since its pixels are interlaced. */
const slowPhoto = () =>
  drawnPhoto({ width: 6000, height: 8000 }).png({ compressionLevel: 1, progressive: true }).toBuffer();

let examiner: PhotoExaminer;
async function started(limits: Partial<ExaminerLimits>): Promise<PhotoExaminer> {
  examiner = createPhotoExaminer({ processes: 1, ...limits });
  await examiner.ready;
  return examiner;
}
afterEach(() => examiner.close());

const pids = () => photoExaminersOf(process.pid);

const gone = (pid: number) => vi.waitFor(() => expect(pids()).not.toContain(pid), 10_000);

describe.runIf(process.platform === 'linux')('a process', { timeout: 60_000 }, () => {
  it('that hangs is ended and replaced; meanwhile the worker is not ready, and the photo may be sent again', async () => {
    await started({ decodeMs: 6000, examineMs: 6000, slowMs: 500 });
    const [pid] = pids();
    process.kill(pid!, 'SIGSTOP');
    const hung = examiner.examine(request);
    hung.catch(() => undefined);
    await vi.waitFor(() => expect(examiner.isHealthy()).toBe(false), 10_000);
    await expect(hung).rejects.toThrow('in time');
    await gone(pid!);
    await vi.waitFor(() => expect(examiner.isHealthy()).toBe(true), 30_000);
    expect((await examiner.examine(request)).issues).toEqual([]);
  });

  it('that is ended from outside loses nothing: another examines its photo', async () => {
    await started({});
    const [pid] = pids();
    process.kill(pid!, 'SIGSTOP');
    const examination = examiner.examine(request);
    process.kill(pid!, 'SIGKILL');
    expect((await examination).issues).toEqual([]);
  });

  it.each(['SIGSEGV', 'SIGABRT'] as const)('that %s ends is logged with the signal', async (signal) => {
    await started({});
    const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      const [pid] = pids();
      process.kill(pid!, signal);
      await gone(pid!);
      const lines = () => written.mock.calls.map(([line]) => String(line));
      await vi.waitFor(() => expect(lines().join('')).toContain('photo_examiner_died'), 10_000);
      const line = lines().find((each) => each.includes('photo_examiner_died'))!;
      expect(JSON.parse(line)).toMatchObject({ severity: 'WARNING', signal });
    } finally {
      written.mockRestore();
    }
  });

  it('that crashes leaves no core file, and to a program that gets the core none of its memory', async () => {
    await started({});
    const read = (name: string) => readFileSync(`/proc/${pids()[0]}/${name}`, 'utf8');
    expect(read('limits')).toMatch(/^Max core file size\s+0\s+0\s/m);
    expect(read('coredump_filter').trim()).toBe('00000000');
  });

  it('that dies of one photo twice before there are pixels has refused it', async () => {
    await started({});
    const examination = examiner.examine({ ...request, photo: await slowPhoto() });
    for (let death = 0; death < 2; death++) {
      // A process gets the photo as soon as it is ready.
      // oxlint-disable no-await-in-loop -- one death after the other
      const pid = await vi.waitFor(
        () => {
          expect(pids()).toHaveLength(1);
          expect(examiner.isHealthy()).toBe(true);
          return pids()[0];
        },
        { timeout: 20_000, interval: 2 },
      );
      process.kill(pid!, 'SIGKILL');
      await gone(pid!);
      // oxlint-enable no-await-in-loop
    }
    expect((await examination).issues).toMatchObject([
      { code: 'unreadable', messageCode: 'unreadable.costly' },
    ]);
  });

  it('that works on a photo nobody wants any more is ended when it does not come to an end', async () => {
    await started({ abortMs: 200 });
    const [pid] = pids();
    process.kill(pid!, 'SIGSTOP');
    const stop = new AbortController();
    const examination = examiner.examine(request, stop.signal);
    stop.abort(new Error('canceled'));
    await expect(examination).rejects.toThrow('canceled');
    await gone(pid!);
  });

  it('gets another beside it while photos wait, which is ended when there are none', async () => {
    // A busy machine takes its time to start a process.
    await started({ processes: 2, patienceMs: 300, idleMs: 500, decodeMs: 50_000, examineMs: 50_000 });
    const [first] = pids();
    process.kill(first!, 'SIGSTOP');
    const both = ANGLES.slice(0, 2).map((angle) => examiner.examine({ ...request, angle }));
    expect(await Promise.race(both)).toMatchObject({ issues: [] });
    expect(pids()).toHaveLength(2);
    process.kill(first!, 'SIGCONT');
    for (const { issues } of await Promise.all(both)) expect(issues).toEqual([]);
    await vi.waitFor(() => expect(pids()).toHaveLength(1), 10_000);
    expect((await examiner.examine(request)).issues).toEqual([]);
    expect(examiner.isHealthy()).toBe(true);
  });

  it.each([
    ['gets another where a core is to spare, while it gets on with photos of which more wait', true, 2],
    ['gets none where no core is to spare', false, 1],
  ])('%s', async (_, spareCore, processes) => {
    // Longer than any of these photos takes, even on a busy machine.
    const patienceMs = 3000;
    await started({ processes: 2, patienceMs, spareCore });
    const until = performance.now() + 2 * patienceMs;
    const lane = async () => {
      // oxlint-disable-next-line no-await-in-loop -- three lanes, so that one photo is examined and two wait
      while (performance.now() < until) await examiner.examine(request);
    };
    await Promise.all([lane(), lane(), lane()]);
    expect(pids()).toHaveLength(processes);
  });

  it('takes no key of the worker with it', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'sk-test');
    await started({});
    expect(readFileSync(`/proc/${pids()[0]}/environ`, 'latin1')).not.toContain('OPENAI');
    vi.unstubAllEnvs();
  });

  it('has a limit on its memory', async () => {
    await started({});
    const limits = readFileSync(`/proc/${pids()[0]}/limits`, 'latin1');
    expect(/Max data size\s+(\d+)/.exec(limits)?.[1]).toBe(String(1_572_864 * 1024));
  });
});

it('a photo that takes longer to decode than any photo may is refused, not asked for again', async () => {
  await started({ decodeMs: 200 });
  const { issues } = await examiner.examine({ ...request, photo: await slowPhoto() });
  expect(issues).toMatchObject([{ code: 'unreadable' }]);
}, 60_000);

it('closing rejects what waits and what is under way', async () => {
  await started({});
  const all = ANGLES.map((angle) => examiner.examine({ ...request, angle }));
  const settled = Promise.allSettled(all);
  await examiner.close();
  for (const result of await settled) {
    expect(result).toMatchObject({
      status: 'rejected',
      reason: { message: expect.stringContaining('ended') },
    });
  }
  await expect(examiner.examine(request)).rejects.toThrow('ended');
}, 60_000);
