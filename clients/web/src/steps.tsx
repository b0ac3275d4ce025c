/** Lists each step with its state, and for a retried step also the attempt and the wait. */

import type { Scan } from '@reddyfit/client';
import { type StepName, STEP_NAMES } from '@reddyfit/shared/scan/steps';
import { Icon } from './icons.tsx';
import type { Shared } from './shared.ts';

type Step = NonNullable<Scan['steps']>[StepName];

export function Steps({ scan: { steps }, speaker, words }: { scan: Scan } & Omit<Shared, 'services'>) {
  if (!steps) return null;
  return (
    <ul className="steps" aria-live="polite">
      {STEP_NAMES.map((name) => (
        <li key={name} data-step={name} data-state={steps[name].state}>
          <span className="dot">
            {steps[name].state === 'completed' && <Icon name="done" />}
            {steps[name].state === 'failed' && <Icon name="failed" />}
          </span>
          <span className="name">{speaker.say('screen', `step.${name}`)}</span>
          <span className="hint">{stateOf(steps[name], { speaker, words })}</span>
        </li>
      ))}
    </ul>
  );
}

function stateOf({ state, attempt, nextRetryAt }: Step, { speaker, words }: Omit<Shared, 'services'>) {
  const { say } = speaker;
  switch (state) {
    case 'completed':
      return words.stepDone;
    case 'failed':
      return say('screen', 'state.failed');
    case 'skipped':
      return say('screen', 'state.skipped');
    case 'retrying': {
      const seconds = Math.ceil(((nextRetryAt?.toMillis() ?? 0) - Date.now()) / 1000);
      return seconds > 0
        ? say('screen', 'state.retrying_in', { attempt, seconds })
        : say('screen', 'state.retrying_now', { attempt });
    }
    case 'running':
      return attempt > 1 ? say('screen', 'state.attempt', { attempt }) : words.stepRunning;
    default:
      return words.stepPending;
  }
}
