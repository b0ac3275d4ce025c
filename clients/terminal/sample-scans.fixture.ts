/** A scan in the states that a user can meet, made from a seeded one. */

import { scanError } from '@reddyfit/shared/errors';
import type { Angle } from '@reddyfit/shared/names/angles';
import { paths } from '@reddyfit/shared/names/paths';
import type { Scan, ScanStep } from '@reddyfit/shared/scan/document';
import { STEP_NAMES, type StepName } from '@reddyfit/shared/scan/steps';
import { speakerFor } from '@reddyfit/shared/words/speaker';
import { Timestamp } from 'firebase-admin/firestore';
import { documentsOf } from '../../fixtures/seed/documents.ts';
import { demoUser } from '../../fixtures/seed/people.ts';

const last = demoUser.scans.at(-1)!;
const START = last.createdAt.getTime();

/** The moment `seconds` after the scan was created. */
export const at = (seconds: number) => new Date(START + seconds * 1000);
const stamp = (seconds: number) => Timestamp.fromDate(at(seconds));

export const completed = documentsOf(demoUser, 'demo.firebasestorage.app').find(
  ({ path }) => path === paths.scan(last.scanId),
)!.fields as Scan;

const { userId, photoUrls, weightLb, createdAt } = completed;
const results = completed.results!;

const { modelCall: _, ...unseen } = results.estimation!;

/** The completed scan with a measured body fat: the model was not asked for it, and a stand-in wrote the texts. */
export const measured: Scan = {
  ...completed,
  simulated: true,
  results: {
    ...results,
    estimation: {
      ...unseen,
      observations: [],
      bodyFatRange: { low: 14.3, high: 26.5 },
      sources: [
        { source: 'history', bodyFatPercent: 21.4, sd: 5.2, weight: 0.15 },
        { source: 'measurement', bodyFatPercent: 20.2, sd: 3.2, weight: 0.85 },
      ],
      measurements: {
        neck: { cm: 38.4, low: 37.2, high: 39.6 },
        chest: { cm: 101, low: 99.1, high: 102.9 },
        waist: { cm: 88.2, low: 86.6, high: 89.8 },
        navel: { cm: 91.5, low: 89.8, high: 93.2 },
        hip: { cm: 100.3, low: 98.5, high: 102.1 },
        thigh: { cm: 57.2, low: 50.5, high: 63.9 },
        volume: { litres: 79.4, low: 72.9, high: 85.9 },
      },
      waistToHip: 0.879,
      waistToHeight: 0.49,
      flags: ['model_disagrees'],
    },
  },
};

export const submitted: Scan = { userId, photoUrls, weightLb, createdAt, status: 'submitted' };

function scan(fields: Partial<Scan>, steps: Partial<Record<StepName, ScanStep>>): Scan {
  return {
    ...submitted,
    warnings: [],
    rev: 3,
    ...fields,
    steps: Object.fromEntries(
      STEP_NAMES.map((name) => [name, steps[name] ?? { state: 'pending', attempt: 0 }]),
    ) as Record<StepName, ScanStep>,
  };
}

const done = (from: number, to: number): ScanStep => ({
  state: 'completed',
  attempt: 1,
  startedAt: stamp(from),
  completedAt: stamp(to),
});
const running = (from: number, attempt = 1): ScanStep => ({
  state: 'running',
  attempt,
  startedAt: stamp(from),
});

/** Quality check and hydration are done, at half their nominal times; estimation has run for 20 s. */
export const processing = scan(
  {
    status: 'processing',
    progress: 15,
    results: { qualityCheck: results.qualityCheck, hydration: results.hydration },
  },
  { qualityCheck: done(1, 16), estimation: running(1), hydration: done(1, 16) },
);

/** Estimation failed once and runs again 26 s after the scan's start. */
export const retrying = scan(
  { ...processing },
  {
    ...processing.steps,
    estimation: { state: 'retrying', attempt: 1, startedAt: stamp(1), nextRetryAt: stamp(26) },
  },
);

const skipped: ScanStep = { state: 'skipped', attempt: 0 };

const faultOf = (angle: Angle, code: 'too_dark' | 'blurred') => ({
  angle,
  code,
  ...speakerFor().tell('photos', code, { angle }),
});

export const rejected = scan(
  {
    status: 'rejected',
    progress: 100,
    completedAt: stamp(9),
    error: {
      ...scanError({ messageCode: 'PhotosRejectedError' }, speakerFor()),
      photos: [faultOf('left', 'too_dark'), faultOf('right', 'blurred')],
    },
    results: {
      qualityCheck: {
        accepted: false,
        photos: {
          front: { accepted: true, issues: [] },
          back: { accepted: true, issues: [] },
          left: { accepted: false, issues: [{ code: 'too_dark', message: 'The photo is too dark.' }] },
          right: { accepted: false, issues: [{ code: 'blurred', message: 'The photo is blurred.' }] },
        },
      },
    },
  },
  { qualityCheck: done(1, 9), ...Object.fromEntries(STEP_NAMES.slice(1).map((name) => [name, skipped])) },
);

export const failed = scan(
  {
    status: 'failed',
    progress: 100,
    completedAt: stamp(60),
    error: scanError({ messageCode: 'ModelUnavailableError' }, speakerFor()),
    results: { qualityCheck: results.qualityCheck },
  },
  {
    ...Object.fromEntries(STEP_NAMES.map((name) => [name, skipped])),
    qualityCheck: done(1, 16),
    estimation: {
      state: 'failed',
      attempt: 5,
      startedAt: stamp(1),
      completedAt: stamp(60),
      message: 'The analysis is not available right now. Try again later.',
    },
  },
);
