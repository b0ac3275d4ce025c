/** What scans were made of, each scan before it among that replaced by what it was made of itself. */

import { DAY_MS } from '@reddyfit/shared/durations';
import type { EstimationSource } from '@reddyfit/shared/scan/results';
import type { EarlierScan } from '../../scan/scan-store.ts';
import { HISTORY_DAYS } from './history.ts';

/**
 * The scans of one person, newest first, as they are but for their sources. A scan before is another one for each scan: of a
 * body that is no longer measured it goes from what was measured towards the look, scan by scan. Where the scan before is not
 * known, or does not say what it was made of, it stays a source.
 */
export function unfolded(scans: readonly EarlierScan[]): EarlierScan[] {
  const made: EarlierScan[] = [];
  for (const scan of scans.toReversed()) {
    const before = made.at(-1);
    const isNear = before && scan.createdAt.getTime() - before.createdAt.getTime() <= HISTORY_DAYS * DAY_MS;
    const [own, its] = [scan.estimation.sources, isNear ? before.estimation.sources : undefined];
    const sources = own && its && merged(own.flatMap((each) => (each.source === 'history' ? scaled(its, each.weight) : [each]))); // prettier-ignore
    made.push(sources ? { ...scan, estimation: { ...scan.estimation, sources } } : scan);
  }
  return made.toReversed();
}

const scaled = (sources: readonly EstimationSource[], by: number) =>
  sources.map((each) => ({ ...each, weight: each.weight * by }));

/** The same by the same method once, so that a chain of many scans stays short. */
function merged(sources: readonly EstimationSource[]): EstimationSource[] {
  const kept = new Map<string, EstimationSource>();
  for (const each of sources.filter(({ weight }) => weight > 0)) {
    const key = `${each.source} ${each.method ?? ''}`;
    const { weight = 0, sd = 0 } = kept.get(key) ?? {};
    kept.set(key, { ...each, sd: Math.max(sd, each.sd), weight: weight + each.weight });
  }
  return [...kept.values()];
}
