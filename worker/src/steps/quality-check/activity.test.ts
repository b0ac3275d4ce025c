import { ANGLES, type Angle, type PhotoUrls } from '@reddyfit/shared/scan/photos';
import { qualityCheckResult, type WaivableIssue } from '@reddyfit/shared/scan/results';
import { expect, it } from 'vitest';
import type { Examination } from '../../body/vision/examination.ts';
import { poseOf } from '../../../../shared/src/gate/standing.fixture.ts';
import type { Stance } from '../../../../shared/src/gate/stance.ts';
import type { Model, ModelQuestion } from '../../model/model.ts';
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
  /** The photos in which nobody is found; somebody is found in all when nothing is said. */
  nobody?: readonly Angle[];
  /** The photos in which somebody else stands beside the user. */
  helped?: readonly Angle[];
  /** The model that is asked; none when it is not given. */
  asking?: Model;
}) {
  const { locale = 'en', stance = { armGap: 0 }, nobody = [], helped = [], asking, ...reasons } = asked;
  const examined = Object.fromEntries(
    ANGLES.map((angle): [Angle, Examination] => {
      const pose = poseOf(angle);
      const { width, height, people } = pose;
      if (nobody.includes(angle)) return [angle, { issues: [], pose: { width, height, people: [] } }];
      const seen = {
        ...pose,
        people: helped.includes(angle) ? [...people, ...people] : people,
        stance: { ...pose.stance!, ...stance },
      };
      return [angle, { issues: [], pose: seen, copy: Buffer.from('a copy for the model') }];
    }),
  ) as Record<Angle, Examination>;
  const check = createQualityCheck({
    examinations: { of: async () => examined },
    model: asking ?? model,
    modelQualityCheck: asking !== undefined,
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
  const { accepted, offer } = await verdict({ rejectedBefore: ['arms_at_torso'] });
  expect(accepted).toBe(false);
  expect(offer).toMatchObject({ without: ['arms_at_torso'], messageCode: 'without_measurement', params: {} });
  expect(offer!.message).toContain('without the measurement');
  const german = await verdict({ rejectedBefore: ['arms_at_torso'], locale: 'de-DE' });
  expect(german.offer!.message).toContain('ohne die Messung');
});

it('offers it with both reasons when another rejects than before, so that the next photos may show either', async () => {
  const { offer } = await verdict({ rejectedBefore: ['tilted'] });
  expect(offer!.without).toEqual(['arms_at_torso', 'tilted']);
  const tilted = { tiltDegrees: 16 };
  expect((await verdict({ stance: tilted, without: offer!.without })).accepted).toBe(true);
  expect((await verdict({ without: offer!.without })).accepted).toBe(true);
});

it('does not offer it for what cannot lie in the body, whatever was wrong before', async () => {
  expect((await verdict({ stance: { top: 0 }, rejectedBefore: ['tilted'] })).offer).toBeUndefined();
});

it('somebody who is found in two photos at least is not rejected for the others for ever', async () => {
  const [stance, nobody] = [{}, ['left', 'right'] as const];
  const { accepted, offer } = await verdict({ stance, nobody, rejectedBefore: ['not_a_person'] });
  expect(accepted).toBe(false);
  expect(offer!.without).toEqual(['not_a_person']);
  expect((await verdict({ stance, nobody, without: offer!.without })).accepted).toBe(true);
});

it.each<[string, readonly Angle[]]>([
  ['three', ['back', 'left', 'right']],
  ['four', ANGLES],
])('photos of which %s show nobody are neither offered to pass nor let pass', async (_, nobody) => {
  const again = await verdict({ stance: {}, nobody, rejectedBefore: ['not_a_person'] });
  expect(again).toMatchObject({ accepted: false });
  expect(again.offer).toBeUndefined();
  expect((await verdict({ stance: {}, nobody, without: ['not_a_person'] })).accepted).toBe(false);
});

it('somebody who is helped to stand is not rejected for that for ever', async () => {
  const { accepted, offer } = await verdict({ helped: ANGLES, rejectedBefore: ['several_people'] });
  expect(accepted).toBe(false);
  expect(offer!.without).toEqual(['several_people']);
  expect((await verdict({ helped: ANGLES, without: offer!.without })).accepted).toBe(true);
});

/** A model that finds these issues in each photo, and what it was asked. */
function modelThatFinds(code: string, angles: readonly Angle[]) {
  const asked: ModelQuestion[] = [];
  const finding: Model = {
    ...model,
    async ask(question) {
      asked.push(question);
      const issues = (angle: Angle) =>
        angles.includes(angle) ? [{ code, message: 'This photo cannot be used. Take it again.' }] : [];
      const answer = Object.fromEntries(ANGLES.map((angle) => [angle, { issues: issues(angle) }]));
      return { text: JSON.stringify(answer), refusal: null, model: 'gpt-test', inputTokens: 1, outputTokens: 1, latencyMs: 1 }; // prettier-ignore
    },
  };
  return { finding, asked };
}

it('shows a model no photo in which nobody is found, and asks it about the others alone', async () => {
  const { finding, asked } = modelThatFinds('wrong_angle', ['left']);
  const passing = { stance: {}, nobody: ['left'], without: ['not_a_person'] } as const;
  const { accepted, modelCall } = await verdict({
    ...passing,
    without: [...passing.without],
    asking: finding,
  });
  expect(accepted).toBe(true);
  expect(modelCall).toBeDefined();
  const labels = asked[0]!.content.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  expect(labels[0]).toContain('"angles":["front","back","right"]');
  expect(labels.slice(1)).toEqual(['front photo:', 'back photo:', 'right photo:']);
});

it('a model that sees nobody in most photos is believed, whatever the user asked for', async () => {
  const waived = { stance: {}, without: ['not_a_person'] as WaivableIssue[] };
  const cat = modelThatFinds('not_a_person', ['front', 'back', 'left']);
  expect((await verdict({ ...waived, asking: cat.finding })).accepted).toBe(false);
  // Nobody was found in the left photo before, and the model sees nobody in two of the others.
  const mostly = modelThatFinds('not_a_person', ['front', 'back']);
  expect((await verdict({ ...waived, nobody: ['left'], asking: mostly.finding })).accepted).toBe(false);
  const twice = modelThatFinds('not_a_person', ['left', 'right']);
  expect((await verdict({ ...waived, asking: twice.finding })).accepted).toBe(true);
});

it('a model that sees the helper whom the network overlooks rejects nobody for ever, either', async () => {
  const { finding } = modelThatFinds('several_people', ANGLES);
  const { offer } = await verdict({ stance: {}, asking: finding, rejectedBefore: ['several_people'] });
  expect(offer!.without).toEqual(['several_people']);
  expect((await verdict({ stance: {}, asking: finding, without: ['several_people'] })).accepted).toBe(true);
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
  const result = await verdict({ stance: {}, asking: declining });
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
