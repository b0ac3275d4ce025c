/** Girths of a scan's body, or word that there are none: an estimation goes on without them. */

import type { Angle } from '@reddyfit/shared/scan/photos';
import { log } from '../../platform/logs.ts';
import type { BodyMeasurer } from '../../ports.ts';
import { type BodyMeasurement, GIRTHS } from '../../body/vision/body-measurement.ts';

/** Resolves with null when the body cannot be measured. Rejects only when `signal` has aborted. */
export async function measureBody(
  measurer: BodyMeasurer,
  { scanId, photos, heightCm }: { scanId: string; photos: Record<Angle, Buffer>; heightCm: number },
  signal: AbortSignal,
): Promise<BodyMeasurement | null> {
  try {
    const girths = await measurer.measure(photos, heightCm, signal);
    if (isMeasured(girths)) return girths;
  } catch {
    // What went wrong may quote the measures; that it did is enough.
    signal.throwIfAborted();
  }
  log('WARNING', 'body_not_measured', { scanId });
  return null;
}

/** Whether every girth is a length with an uncertainty. */
function isMeasured(girths: BodyMeasurement): boolean {
  return GIRTHS.every((name) => {
    const { cm, sdCm } = girths[name];
    return Number.isFinite(cm) && cm > 0 && Number.isFinite(sdCm) && sdCm >= 0;
  });
}
