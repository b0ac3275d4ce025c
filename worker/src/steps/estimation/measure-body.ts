/** Measures the girths of a scan's body. */

import { log } from '../../platform/logs.ts';
import type { BodyMeasurer } from '../../body/vision/body-measurement.ts';
import { type BodyMeasurement, GIRTHS } from '../../body/vision/body-measurement.ts';
import { silhouettesOf } from '../../body/photos/scan-photos.ts';
import type { Examinations } from '../../body/vision/examination.ts';

/** Null when the body cannot be measured in these photos. The estimation then goes on without girths. */
export function measureBody(
  measurer: BodyMeasurer,
  { scanId, examined, heightCm }: { scanId: string; examined: Examinations; heightCm: number },
): BodyMeasurement | null {
  try {
    const silhouettes = silhouettesOf(examined);
    const girths = silhouettes && measurer.measure(silhouettes, heightCm);
    if (girths && isMeasured(girths)) return girths;
  } catch {
    // The error may quote measures of the body, so only the fact that it failed is logged.
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
