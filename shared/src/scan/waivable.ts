/** Decides which faults of four photos a scan may let pass, since they may lie in the body rather than in the photos. */

import { ANGLES, type Angle } from '../names/angles.ts';
import { type PhotoIssueCode, type WaivableIssue, WAIVABLE_ISSUES } from './step-results.ts';

/** The faults of a photo in which nobody is seen, or in which nobody was looked for. */
const NOBODY_SEEN: ReadonlySet<PhotoIssueCode> = new Set<PhotoIssueCode>([
  'missing',
  'unreadable',
  'unsupported_type',
  'too_small',
  'too_dark',
  'too_bright',
  'blurred',
  'not_a_person',
]);

/**
 * In so many of the four photos somebody must be seen before the others may show nobody. The network overlooks somebody in a
 * wheelchair in a profile or behind the chair's back; a wall, an animal or a thing it overlooks in all four, or in three.
 */
const LEAST_SEEN = 2;

interface Fault {
  readonly code: PhotoIssueCode;
}

/** What a verdict says of four photos. */
type Judged = Readonly<Record<Angle, { readonly issues: readonly Fault[] }>>;

/**
 * The faults of `photos` that the user may ask to let pass, in the order of WAIVABLE_ISSUES. `not_a_person` is among them only where
 * somebody is seen in two of the photos. Pure.
 */
export function waivableIn(photos: Judged): WaivableIssue[] {
  const found = new Set(ANGLES.flatMap((angle) => photos[angle].issues.map(({ code }) => code)));
  const seen = ANGLES.filter((angle) => photos[angle].issues.every(({ code }) => !NOBODY_SEEN.has(code)));
  return WAIVABLE_ISSUES.filter(
    (reason) => found.has(reason) && (reason !== 'not_a_person' || seen.length >= LEAST_SEEN),
  );
}

/** The faults that are left of four photos once those that the user let pass (`without`) are, where four such photos allow that. Pure. */
export function notLetPass<Found extends Fault>(
  faults: Readonly<Record<Angle, readonly Found[]>>,
  without: readonly WaivableIssue[],
): Record<Angle, Found[]> {
  const photos = byAngle((angle) => ({ issues: faults[angle] }));
  const passing: readonly PhotoIssueCode[] = waivableIn(photos).filter((reason) => without.includes(reason));
  return byAngle((angle) => faults[angle].filter(({ code }) => !passing.includes(code)));
}

const byAngle = <Value>(of: (angle: Angle) => Value) =>
  Object.fromEntries(ANGLES.map((angle) => [angle, of(angle)])) as Record<Angle, Value>;
