/**
 * Scans a second that a stack bears, and how long scans take near that rate and above it. Scans come at even intervals, and
 * are sent whether or not earlier ones have ended, as users would.
 */

import { setTimeout as wait } from 'node:timers/promises';
import type { Angle } from '@reddyfit/shared/scan/photos';
import { median, quantile } from '../statistics.ts';
import { type Version, VERSIONS } from './measure.ts';
import type { Sender } from './scans.ts';

/** How a stack took the scans that came at one rate. */
export interface Burst {
  /** Scans sent a second, and for how long (s). */
  readonly rate: number;
  readonly seconds: number;
  readonly sent: number;
  /** Scans that did not complete; in the times below they count as endless. */
  readonly lost: number;
  /** From the document to `completed` (s). */
  readonly p50: number;
  readonly p95: number;
}

/** What one version bears. */
export interface Capacity {
  /** The burst of the highest rate whose p95 is within the bound. */
  readonly capacity: Burst;
  /** The bursts at these shares of that rate. */
  readonly near: Burst;
  readonly above: Burst;
  /** The bursts at these shares of what today's version bears: the same scans a second for both. */
  readonly nearToday: Burst;
  readonly aboveToday: Burst;
}

/** The version bears a rate when the p95 of its scans is within this time (s). */
export const BOUND_S = 15;
/** Shares of a version's own capacity. */
export const [NEAR, ABOVE] = [0.9, 1.5];

/** From one rate of the search to the next. */
const STEP = 1.25;
/** Where the search begins: near what is known of the two versions, so that it is short. */
const FIRST: Record<Version, number> = { before: 0.3, today: 0.6 };
/** Below this rate (scans a second) the search gives up: the version completes nothing. */
const LEAST = 0.05;
/** How long scans come in the search, and near and above the capacity (s). */
const [SEARCH_S, STAY_S] = [90, 120];
/** Between two bursts (ms): what follows the last scan's end (push, memory, events) ends. */
const PAUSE_MS = 5000;
/** Users whose scans they are, in turn. */
const USERS = 25;

/** A version's stack as the search needs it. */
export interface Bearer {
  readonly sender: Sender;
  readonly users: readonly string[];
}

/** Creates the users of a version. */
export async function bearerOf(sender: Sender): Promise<Bearer> {
  const users: string[] = [];
  // oxlint-disable-next-line no-await-in-loop -- each is a few documents; all at once would only be a burst of its own
  while (users.length < USERS) users.push(await sender.settle(0));
  return { sender, users };
}

/**
 * Searches for the highest rate that each version bears, in steps of a quarter, the versions taking turns, and then sends scans
 * at 90 % and 150 % of it, and to the version before also at 90 % and 150 % of what today's bears: whatever a version bears, half
 * as much again for two minutes leaves its last scan a minute of waiting, so that only the same scans a second compare the two.
 * `note` is told each burst. Rejects when a version bears no rate at all.
 */
export async function measureCapacity(
  bearers: Record<Version, Bearer>,
  photos: Record<Angle, Buffer>,
  note: (line: string) => void,
): Promise<Record<Version, Capacity>> {
  const turn = async (version: Version, rate: number, seconds: number): Promise<Burst> => {
    const burst = await send(bearers[version], photos, rate, seconds);
    note(`${version}: ${told(burst)}`);
    return burst;
  };

  const rates = { ...FIRST };
  const borne: Partial<Record<Version, Burst>> = {};
  const searching = new Set<Version>(VERSIONS);
  const failed = new Set<Version>();
  while (searching.size > 0) {
    for (const version of searching) {
      // oxlint-disable-next-line no-await-in-loop -- one burst at a time
      const burst = await turn(version, rates[version], SEARCH_S);
      if (burst.p95 <= BOUND_S) {
        borne[version] = burst;
        rates[version] *= STEP;
      } else {
        failed.add(version);
        rates[version] /= STEP;
        if (rates[version] < LEAST) throw new Error(`${version} bears no rate: ${told(burst)}`);
      }
      if (borne[version] && failed.has(version)) searching.delete(version);
    }
  }

  const stays: Record<Version, Burst[]> = { before: [], today: [] };
  for (const share of [NEAR, ABOVE]) {
    for (const version of VERSIONS) {
      // oxlint-disable-next-line no-await-in-loop -- one burst at a time
      stays[version].push(await turn(version, borne[version]!.rate * share, STAY_S));
    }
  }
  const [near, above] = stays.today as [Burst, Burst];
  const nearToday = await turn('before', near.rate, STAY_S);
  const aboveToday = await turn('before', above.rate, STAY_S);
  const own = (version: Version) => ({
    capacity: borne[version]!,
    near: stays[version][0]!,
    above: stays[version][1]!,
  });
  return {
    before: { ...own('before'), nearToday, aboveToday },
    today: { ...own('today'), nearToday: near, aboveToday: above },
  };
}

/** Sends scans at a rate for some seconds and follows each to its end. */
async function send(
  { sender, users }: Bearer,
  photos: Record<Angle, Buffer>,
  rate: number,
  seconds: number,
): Promise<Burst> {
  const sent = Math.round(rate * seconds);
  const begun = performance.now();
  const scans: Promise<number>[] = [];
  for (let scan = 0; scan < sent; scan += 1) {
    // oxlint-disable-next-line no-await-in-loop -- scans come one after another
    await wait(Math.max(0, begun + (scan / rate) * 1000 - performance.now()));
    const user = users[scan % users.length]!;
    scans.push(
      sender.scan(user, photos).then(
        ({ completed }) => completed,
        () => Infinity,
      ),
    );
  }
  const times = await Promise.all(scans);
  await wait(PAUSE_MS);
  const lost = times.filter((time) => time === Infinity).length;
  return { rate, seconds, sent, lost, p50: median(times), p95: quantile(times, 0.95) };
}

function told({ rate, seconds, sent, lost, p50, p95 }: Burst): string {
  const times = `p50 ${p50.toFixed(1)} s, p95 ${p95.toFixed(1)} s`;
  return `${rate.toFixed(2)} scans a second for ${seconds} s (${sent}): completed after ${times}; ${lost} did not complete`;
}

/** Lines of a Markdown table: each version's figures, the ratio today/before, and the bar. */
export function capacityTable({ before, today }: Record<Version, Capacity>, commit: string): string[] {
  const row = (what: string, bar: string, of: (each: Capacity) => number) =>
    `| ${what} | ${of(before).toFixed(2)} | ${of(today).toFixed(2)} | ${(of(today) / of(before)).toFixed(2)} | ${bar} |`;
  return [
    `| what | ${commit} | today | ratio | bar |`,
    '| --- | --- | --- | --- | --- |',
    row(`scans a second at p95 ≤ ${BOUND_S} s`, '≥ 2', ({ capacity }) => capacity.rate),
    row(
      `completed, p95 at ${today.near.rate.toFixed(2)} a second, 90 % of today's (s)`,
      '≤ 0.5',
      (of) => of.nearToday.p95,
    ),
    row(
      `the same at ${today.above.rate.toFixed(2)}, 150 %, for two minutes (s)`,
      '≤ 0.5',
      (of) => of.aboveToday.p95,
    ),
    row('completed, p95 at 90 % of its own (s)', '', ({ near }) => near.p95),
    row('the same at 150 % of its own, for two minutes (s)', '', ({ above }) => above.p95),
  ];
}
