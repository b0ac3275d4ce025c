/** How long the gate and the ruler take, how much memory, and how many scans go through. */

import { DEMO_SCENE } from '../../fixtures/bodies/demo.ts';
import { takePhotos } from '../../fixtures/bodies/photo.ts';
import { createMeasureBody } from '../../worker/src/body/vision/measure-body.ts';
import { createVision } from '../../worker/src/body/vision/pool.ts';
import { gate } from './gate.ts';
import { median, quantile } from './statistics.ts';

export interface SpeedResult {
  readonly rounds: number;
  /** Four photos, one scan after another (ms). */
  readonly gateMs: { readonly p50: number; readonly p95: number };
  readonly measureMs: { readonly p50: number; readonly p95: number };
  /** Processor time of the same, over all threads (ms). */
  readonly gateCpuMs: number;
  readonly measureCpuMs: number;
  /** Memory of the process above what it had before the threads started (MiB): after gates only, and after measuring. */
  readonly gateMiB: number;
  readonly measureMiB: number;
  /** Scans gated and measured in a second, eight at once. */
  readonly scansPerSecond: number;
}

const rssMiB = () => process.memoryUsage().rss / 2 ** 20;
const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

export async function measureSpeed(rounds: number): Promise<SpeedResult> {
  const photos = await takePhotos(DEMO_SCENE);
  const before = rssMiB();
  const vision = await createVision();
  const measure = createMeasureBody(vision);
  const timed = async (work: () => Promise<unknown>) => {
    await work();
    const times: number[] = [];
    const cpu = cpuMs();
    for (let round = 0; round < rounds; round++) {
      const started = performance.now();
      await work();
      times.push(performance.now() - started);
    }
    return { ms: { p50: median(times), p95: quantile(times, 0.95) }, cpuMs: (cpuMs() - cpu) / rounds };
  };
  const height = DEMO_SCENE.body.heightCm;
  const gated = await timed(() => gate(vision, photos));
  const gateMiB = rssMiB() - before;
  const measured = await timed(() => measure(photos, height));
  const measureMiB = rssMiB() - before;
  const started = performance.now();
  const scans = Math.max(8, rounds);
  await Promise.all(
    Array.from({ length: 8 }, async (_, i) => {
      for (let scan = i; scan < scans; scan += 8) {
        await gate(vision, photos);
        await measure(photos, height);
      }
    }),
  );
  const scansPerSecond = scans / ((performance.now() - started) / 1000);
  await vision.close();
  return {
    rounds,
    gateMs: gated.ms,
    measureMs: measured.ms,
    gateCpuMs: gated.cpuMs,
    measureCpuMs: measured.cpuMs,
    gateMiB,
    measureMiB,
    scansPerSecond,
  };
}
