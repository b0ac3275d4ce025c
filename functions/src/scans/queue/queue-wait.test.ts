import { expect, it } from 'vitest';
import { NOMINAL_TASK_SECONDS, paceOf, type QueueLook, waitSeconds } from './queue-wait.ts';

/** Scans of users, as many of each as said. */
const scansOf = (users: Record<string, number>) =>
  new Map(
    Object.entries(users).flatMap(([user, count]) =>
      Array.from({ length: count }, (_, index) => [`${user}-${index}`, user] as const),
    ),
  );

/** A queue that has been full for a minute, from which four tasks a second go to workers. */
const full: QueueLook = {
  backlog: 30,
  backlogAgeSeconds: 60,
  dispatchedPerSecond: 4,
  slots: null,
  pacePerSlot: null,
  waiting: new Map(),
  started: new Map(),
};
const quiet: QueueLook = { ...full, backlog: 0, backlogAgeSeconds: 0, dispatchedPerSecond: 0.5 };

it('nothing is in the way of a scan while no task waits, whatever is known of the workers', () => {
  expect(waitSeconds(quiet, 'a')).toBe(0);
  expect(waitSeconds({ ...quiet, slots: { all: 60, free: 60 }, started: scansOf({ b: 20 }) }, 'a')).toBe(0);
});

it('a scan waits for the scans before it, with all their steps, at the pace of the last half minute', () => {
  // Ten scans of six tasks each, four tasks a second, and as long again for those that come later.
  expect(waitSeconds(full, 'a')).toBe(30);
  expect(waitSeconds({ ...full, dispatchedPerSecond: 2 }, 'a')).toBe(60);
  expect(waitSeconds({ ...full, dispatchedPerSecond: 0.1 }, 'a')).toBeCloseTo(1200);
});

it('a queue that stands still, since its workers start again, says nothing, or what slots that are known would take', () => {
  const still = { ...full, backlog: 20, dispatchedPerSecond: 0 };
  // It is not known whether workers come back in seconds or in an hour: "about 30 minutes" would be made up.
  expect(waitSeconds(still, 'a')).toBeNull();
  const nominal = (80 * NOMINAL_TASK_SECONDS) / 60;
  expect(waitSeconds({ ...still, slots: { all: 60, free: 60 } }, 'a')).toBeCloseTo(nominal);
  expect(waitSeconds({ ...still, slots: { all: 60, free: 0 } }, 'a')).toBeCloseTo(nominal);
  // Tasks of a build that is gone stay, while those of this one run.
  const left = { ...still, backlogAgeSeconds: 4000, dispatchedPerSecond: 0.2 };
  expect(waitSeconds({ ...left, slots: { all: 60, free: 55 } }, 'a')).toBeCloseTo(nominal);
});

it('a queue that is truly slow says so: by its rate, or by the few slots that its long tasks hold', () => {
  const slow = { ...full, dispatchedPerSecond: 0.05, slots: { all: 6, free: 0 } };
  expect(waitSeconds(slow, 'a')).toBeCloseTo(2400);
  const one = { ...full, dispatchedPerSecond: 0, slots: { all: 1, free: 0 } };
  expect(waitSeconds(one, 'a')).toBeCloseTo(120 * NOMINAL_TASK_SECONDS);
});

it('the pace of a slot is learned from a full queue that moves alone', () => {
  expect(paceOf({ ...full, slots: { all: 8, free: 0 } })).toBe(0.5);
  for (const slots of [null, { all: 0, free: 0 }, { all: 8, free: 4 }])
    expect(paceOf({ ...full, slots })).toBeNull();
  expect(paceOf({ ...full, dispatchedPerSecond: 0.001, slots: { all: 8, free: 0 } })).toBeNull();
});

it("another user's scans count as often as it is this user's turn, and the user's own count all", () => {
  const waiting = scansOf({ many: 50 });
  const look = { ...full, backlog: 150, waiting };
  expect(waitSeconds(look, 'a')).toBe(3);
  expect(waitSeconds(look, 'many')).toBe(150);
  // A second scan of the same user is behind two of the other.
  expect(waitSeconds({ ...look, started: scansOf({ a: 1 }) }, 'a')).toBe(9);
});

it('a burst into an empty queue waits for the slots that are free, by the nominal times until a full queue was measured', () => {
  const burst = { ...quiet, slots: { all: 60, free: 60 }, started: scansOf({ a: 1, b: 1, many: 38 }) };
  const everybody = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`user-${index}`, 1]));
  const crowd = { ...burst, started: scansOf(everybody) };
  expect(waitSeconds(burst, 'new')).toBe(0);
  // 240 tasks too many, and the later steps of their scans.
  expect(waitSeconds(crowd, 'new')).toBeCloseTo((240 * 4 * NOMINAL_TASK_SECONDS) / 60);
  expect(waitSeconds({ ...crowd, pacePerSlot: 0.5 }, 'new')).toBeCloseTo((240 * 4) / 30);
});

it('a queue that has just filled is not taken to empty as fast as its slots were filled', () => {
  const filled = { ...full, backlogAgeSeconds: 5, dispatchedPerSecond: 2 };
  expect(waitSeconds(filled, 'a')).toBeCloseTo((120 / 2) * (NOMINAL_TASK_SECONDS / 30));
  expect(waitSeconds({ ...filled, dispatchedPerSecond: 0 }, 'a')).toBeNull();
});
