/** Measures the girths of a scan's body. */

import { ANGLES } from '@reddyfit/shared/scan/photos';
import { log } from '../../platform/logs.ts';
import type { BodyMeasurer } from '../../body/vision/body-measurement.ts';
import { type BodyMeasurement, GIRTHS } from '../../body/vision/body-measurement.ts';
import { silhouettesOf } from '../../body/photos/scan-photos.ts';
import type { Elevations } from '../../body/vision/known-camera.ts';
import type { Examinations } from '../../body/vision/examination.ts';

/**
 * `elevations` has how far above the horizon the camera looked (degrees), under the angle that each photo was sent as. Null when the
 * body cannot be measured in these photos. The estimation then goes on without girths.
 */
export function measureBody(
  measurer: BodyMeasurer,
  {
    scanId,
    examined,
    heightCm,
    elevations = {},
  }: { scanId: string; examined: Examinations; heightCm: number; elevations?: Elevations | undefined },
): BodyMeasurement | null {
  try {
    const silhouettes = silhouettesOf(examined);
    const girths = silhouettes && measurer.measure(silhouettes, heightCm, asShown(elevations, examined));
    if (girths && isMeasured(girths)) return girths;
  } catch {
    // The error may quote measures of the body, so only the fact that it failed is logged.
  }
  log('WARNING', 'body_not_measured', { scanId });
  return null;
}

/** The same under the angles that the photos show: two may have been exchanged. */
function asShown(elevations: Elevations, examined: Examinations): Elevations {
  return Object.fromEntries(ANGLES.map((angle) => [angle, elevations[examined[angle].sentAs ?? angle]]));
}

/** Whether every girth is a length with an uncertainty. */
function isMeasured(girths: BodyMeasurement): boolean {
  return GIRTHS.every((name) => {
    const { cm, sdCm } = girths[name];
    return Number.isFinite(cm) && cm > 0 && Number.isFinite(sdCm) && sdCm >= 0;
  });
}
