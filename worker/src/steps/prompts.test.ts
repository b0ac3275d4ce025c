import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { estimationOf } from './estimation/agent.fixture.ts';
import * as estimation from './estimation/agent.ts';
import * as hydration from './hydration/agent.ts';
import * as insights from './insights/agent.ts';
import * as nutrition from './nutrition/agent.ts';
import * as qualityCheck from './quality-check/agent.ts';
import * as workout from './workout/agent.ts';

const subject = { sex: 'female', ageYears: 41, heightCm: 168, weightLb: 150 } as const;
const given = { subject, estimation: estimationOf({ bodyFatPercent: 27 }) };
const photos = { front: 'f', back: 'b', left: 'l', right: 'r' };

/** Version → what was asked under it. When a prompt changes, its version changes with it: results keep the version. */
it('a version of a prompt always means the same words and the same facts', () => {
  const asked = {
    [qualityCheck.PROMPT_VERSION]: qualityCheck.qualityCheckPrompt(photos),
    [estimation.PROMPT_VERSION]: estimation.estimationPrompt({ subject, memories: [], photos }),
    [estimation.SECOND_LOOK_VERSION]: estimation.secondLookPrompt(
      { subject, memories: [], photos },
      { bodyFatPercent: 27, low: 25, high: 29, observations: [], modelCall: given.estimation.modelCall! },
      {
        bodyFatPercent: 40,
        low: 34,
        high: 46,
        girthsCm: { neck: 34, chest: 100, waist: 98, navel: 104, hip: 118 },
      },
    ),
    [insights.PROMPT_VERSION]: insights.insightsPrompt({ ...given, delta: null }),
    [nutrition.PROMPT_VERSION]: nutrition.nutritionPrompt(nutrition.nutritionTargets(given)),
    [workout.PROMPT_VERSION]: workout.workoutPrompt('maintain', given),
    [hydration.PROMPT_VERSION]: hydration.hydrationPrompt(hydration.hydrationTarget(subject)),
  };
  const fingerprints = Object.fromEntries(
    Object.entries(asked).map(([version, { instructions, facts }]) => [
      version,
      createHash('sha256')
        .update(JSON.stringify([instructions, Object.keys(facts)]))
        .digest('hex')
        .slice(0, 12),
    ]),
  );
  expect(fingerprints).toMatchInlineSnapshot(`
    {
      "estimation-2026-11-28": "2443e0b30284",
      "estimation-second-look-2026-11-28": "9e54a74ba931",
      "hydration-2026-11-28": "c57f08cd00f0",
      "insights-2026-11-28": "d6f32803d67d",
      "nutrition-2026-11-28": "58664e7ada50",
      "quality-check-2026-11-28": "662c7275225e",
      "workout-2026-11-28": "604d173fdfaa",
    }
  `);
});
