/** Whether a phone stands upright, by its orientation sensor. Pure. */

/** The largest angle between a phone's long side and the vertical that counts as upright (degrees). */
const MOST_DEGREES = 8;

/** The same for a phone that was upright: a sensor's noise near the limit would have the page say now one, now the other. */
const MOST_DEGREES_STILL = 11;

/**
 * True for a phone that stands upright; undefined where the sensor reports nothing. `beta` is that of a `deviceorientation`
 * event (degrees): by its definition the sine of `beta` is the vertical part of the phone's long side, so it holds every tilt,
 * forwards and sideways. `gamma` says nothing here: of an upright phone it may have any value. `was` is the result before.
 */
export function isUpright(
  { beta }: Pick<DeviceOrientationEvent, 'beta'>,
  was?: boolean,
): boolean | undefined {
  if (beta === null) return undefined;
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  return Math.sin(radians(beta)) > Math.cos(radians(was ? MOST_DEGREES_STILL : MOST_DEGREES));
}
