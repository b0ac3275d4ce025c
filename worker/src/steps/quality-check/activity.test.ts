import { ANGLES, type Angle, type PhotoUrls } from '@reddyfit/shared/scan/photos';
import { qualityCheckResult, type WaivableIssue } from '@reddyfit/shared/scan/results';
import { expect, it } from 'vitest';
import type { Examination } from '../../body/vision/examination.ts';
import { poseOf } from '../../../../shared/src/gate/standing.fixture.ts';
import type { Stance } from '../../../../shared/src/gate/stance.ts';
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
  /** What is seen of the body in each photo; it is the arm that seems to be missing when nothing is said. */
  stance?: Partial<Stance>;
  /** The model that is asked; none when it is not given. */
  declining?: Model;
}) {
  const { locale = 'en', stance = { armGap: 0 }, declining, ...reasons } = asked;
  const examined = Object.fromEntries(
    ANGLES.map((angle): [Angle, Examination] => {
      const pose = poseOf(angle);
      const seen = { ...pose, stance: { ...pose.stance!, ...stance } };
      return [angle, { issues: [], pose: seen, copy: Buffer.from('a copy for the model') }];
    }),
  ) as Record<Angle, Examination>;
  const check = createQualityCheck({
    examinations: { of: async () => examined },
    model: declining ?? model,
    modelQualityCheck: declining !== undefined,
    tellOfWait: () => () => undefined,
  });
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

it.each<[string, Partial<Stance>, WaivableIssue]>([
  ['whose feet are not there, after an amputation', { bottom: 1199 }, 'feet_cut_off'],
  ['that leans to one side in a wheelchair', { tiltDegrees: 16 }, 'tilted'],
])('a body %s is not rejected for that for ever', async (_, stance, code) => {
  expect((await verdict({ stance })).accepted).toBe(false);
  const { accepted, offer } = await verdict({ stance, rejectedBefore: [code] });
  expect(accepted).toBe(false);
  expect(offer).toMatchObject({ without: [code], messageCode: 'without_measurement' });
  expect((await verdict({ stance, rejectedBefore: [code], without: [code] })).accepted).toBe(true);
});

it('goes on offering to one who does without the measurement, with all that was let pass and is found', async () => {
  // Rejected once more, for the arms, which nothing was said about before.
  const { accepted, offer } = await verdict({ without: ['tilted'] });
  expect(accepted).toBe(false);
  expect(offer!.without).toEqual(['arms_at_torso', 'tilted']);
  expect((await verdict({ without: offer!.without })).accepted).toBe(true);
  // And who is offered it for one reason need not be rejected for the next.
  const both = { armGap: 0, tiltDegrees: 16 };
  expect((await verdict({ stance: both, rejectedBefore: ['tilted'] })).offer!.without).toEqual(['arms_at_torso', 'tilted']); // prettier-ignore
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

it('a model that declines to judge photos that passed is done without, and what it cost is kept', async () => {
  const spent = { model: 'gpt-test', inputTokens: 100, outputTokens: 10, latencyMs: 5 };
  const declining: Model = { ...model, ask: async () => ({ text: null, refusal: 'no', ...spent }) };
  const result = await verdict({ stance: {}, declining });
  expect(result.accepted).toBe(true);
  expect(result.modelCall).toBeUndefined();
  expect(result.refusedCall).toEqual({
    model: 'gpt-test',
    inputTokens: 200,
    outputTokens: 20,
    latencyMs: 10,
    asks: 2,
  });
});
