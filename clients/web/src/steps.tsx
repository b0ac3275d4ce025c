/** Lists each step with its state, and for a retried step also the attempt and the wait. */

import type { Scan } from '@reddyfit/client';
import { type StepName, STEP_NAMES } from '@reddyfit/shared/scan/steps';
import { useEffect, useMemo, useState } from 'react';
import { Icon } from './icons.tsx';
import type { Shared } from './shared.ts';

type Step = NonNullable<Scan['steps']>[StepName];

export function Steps({
  scan: { steps, updatedAt },
  speaker,
  words,
}: { scan: Scan } & Omit<Shared, 'services'>) {
  useSeconds(STEP_NAMES.some((name) => steps?.[name].state === 'retrying'));
  const writtenAt = updatedAt?.toMillis() ?? 0;
  const heardAt = useMemo(() => Date.now(), [writtenAt]);
  if (!steps) return null;
  return (
    <ul className="steps" aria-live="polite">
      {STEP_NAMES.map((name) => {
        const seconds = waitOf(steps[name], writtenAt + Date.now() - heardAt);
        return (
          // Atomic, so that a screen reader says the name of the step with its new state.
          <li key={name} data-step={name} data-state={steps[name].state} aria-atomic="true">
            <span className="dot">
              {steps[name].state === 'completed' && <Icon name="done" />}
              {steps[name].state === 'failed' && <Icon name="failed" />}
            </span>
            <span className="name">{speaker.say('screen', `step.${name}`)}</span>
            {/* A screen reader says the next attempt when it begins, and not each second before it. */}
            <span className="hint" aria-live={seconds > 0 ? 'off' : undefined}>
              {stateOf(steps[name], seconds, { speaker, words })}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** Renders the component anew each second while `counting`. */
function useSeconds(counting: boolean): void {
  const [, tick] = useState(0);
  useEffect(() => {
    if (!counting) return;
    const timer = setInterval(() => tick((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, [counting]);
}

/**
 * Whole seconds (s) until the next attempt of a step; 0 when none is waited for. `server` is the latest that the server's clock
 * (ms) is known to show. The device's clock counts where it is later, as it is when the page was loaded during the wait: a slow
 * one would make the wait longer by as much.
 */
function waitOf({ state, nextRetryAt }: Step, server: number): number {
  if (state !== 'retrying' || !nextRetryAt) return 0;
  const left = nextRetryAt.toMillis() - Math.max(server, Date.now());
  return Math.max(0, Math.ceil(left / 1000));
}

function stateOf({ state, attempt }: Step, seconds: number, { speaker, words }: Omit<Shared, 'services'>) {
  const { say } = speaker;
  switch (state) {
    case 'completed':
      return words.stepDone;
    case 'failed':
      return say('screen', 'state.failed');
    case 'skipped':
      return say('screen', 'state.skipped');
    case 'retrying': {
      // The document counts the attempt that has failed.
      const next = attempt + 1;
      return seconds > 0
        ? say('screen', 'state.retrying_in', { attempt: next, seconds })
        : say('screen', 'state.retrying_now', { attempt: next });
    }
    case 'running':
      return attempt > 1 ? say('screen', 'state.attempt', { attempt }) : words.stepRunning;
    default:
      return words.stepPending;
  }
}
