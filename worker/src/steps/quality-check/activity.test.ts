import { ANGLES, type Angle, type PhotoUrls } from '@reddyfit/shared/scan/photos';
import { qualityCheckResult, type WaivableIssue } from '@reddyfit/shared/scan/results';
import { expect, it } from 'vitest';
import type { Examination } from '../../body/vision/examine-photo.ts';
import { poseOf } from '../../../../shared/src/gate/standing.fixture.ts';
import type { Model } from '../../model/model.ts';
import { createQualityCheck } from './activity.ts';

/** A model that must not be asked. */
const model: Model = {
  ask: () => Promise.reject(new Error('not needed')),
  embed: () => Promise.reject(new Error('not needed')),
};

/**
 * The verdict on photos in which the right arm seems to be missing: no background shows between torso and arm (`armGap`
 * is 0).
 */
async function verdict(asked: {
  without?: WaivableIssue[];
  rejectedBefore?: WaivableIssue[];
  locale?: string;
}) {
  const examined = Object.fromEntries(
    ANGLES.map((angle): [Angle, Examination] => {
      const pose = poseOf(angle);
      return [angle, { issues: [], pose: { ...pose, stance: { ...pose.stance!, armGap: 0 } } }];
    }),
  ) as Record<Angle, Examination>;
  const check = createQualityCheck({
    examinations: { of: async () => examined },
    model,
    modelQualityCheck: false,
    tellOfWait: () => () => undefined,
  });
  const { locale = 'en', ...reasons } = asked;
  const input = {
    scanId: 'scan-a',
    userId: 'user-a',
    photoUrls: {} as PhotoUrls,
    reader: { locale, units: 'metric' },
    ...reasons,
  } as const;
  const result = await check(input, new AbortController().signal);
  return qualityCheckResult.parse(result);
}

it('offers to go on without the measurement when one reason rejects twice in a row', async () => {
  expect((await verdict({})).offer).toBeUndefined();
  expect((await verdict({ rejectedBefore: ['tilted'] })).offer).toBeUndefined();
  const { accepted, offer } = await verdict({ rejectedBefore: ['tilted', 'arms_at_torso'] });
  expect(accepted).toBe(false);
  expect(offer).toMatchObject({ without: ['arms_at_torso'], messageCode: 'without_measurement', params: {} });
  expect(offer!.message).toContain('without the measurement');
  const german = await verdict({ rejectedBefore: ['arms_at_torso'], locale: 'de-DE' });
  expect(german.offer!.message).toContain('ohne die Messung');
});

it('lets pass what the user asked for, and nothing else', async () => {
  expect((await verdict({ without: ['tilted'] })).accepted).toBe(false);
  const { accepted, photos, offer } = await verdict({
    without: ['arms_at_torso'],
    rejectedBefore: ['arms_at_torso'],
  });
  expect(accepted).toBe(true);
  expect(photos.front).toEqual({ accepted: true, issues: [] });
  expect(offer).toBeUndefined();
});
