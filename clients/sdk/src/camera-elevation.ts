/** How far above the horizon a phone's camera looks, by the phone's orientation sensor. Pure. */

/**
 * Elevation of the optical axis of a phone's camera (degrees; below the horizon is negative), rounded to a tenth; undefined where the
 * sensor reports nothing. `beta` and `gamma` are those of a browser's `deviceorientation` event (degrees): by its definition (Z-X′-Y″)
 * the vertical part of the axis out of the screen is cos β cos γ. The front camera (`user`) looks along that axis, the one at the back
 * (`environment`) against it, however the phone is turned about it.
 */
export function cameraElevation(
  { beta, gamma }: { readonly beta: number | null; readonly gamma: number | null },
  facing: 'user' | 'environment',
): number | undefined {
  if (beta === null || gamma === null) return undefined;
  const cos = (degrees: number) => Math.cos((degrees * Math.PI) / 180);
  const screen = (Math.asin(Math.max(-1, Math.min(1, cos(beta) * cos(gamma)))) * 180) / Math.PI;
  return Math.round((facing === 'user' ? 10 : -10) * screen) / 10 + 0;
}
