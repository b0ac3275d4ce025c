/** Lists each step with its state, and for a retried step also the attempt and the wait. */

import type { Scan, ScanSnapshot } from '@reddyfit/client';
import { type StepName, STEP_NAMES } from '@reddyfit/shared/scan/steps';
import { useEffect, useState } from 'react';
import { Icon } from '../icons.tsx';
import type { ScreenProps } from '../screen-props.ts';

type Step = NonNullable<Scan['steps']>[StepName];

/** A step of which the document says nothing. */
const UNKNOWN: Step = { state: 'pending', attempt: 0 };

export function Steps({
  scan: { steps },
  serverLeadMs,
  speaker,
  words,
}: { scan: Scan } & Pick<ScanSnapshot, 'serverLeadMs'> & Omit<ScreenProps, 'services'>) {
  useSeconds(STEP_NAMES.some((name) => steps?.[name]?.state === 'retrying'));
  if (!steps) return null;
  return (
    <ul className="steps" aria-live="polite">
      {STEP_NAMES.map((name) => {
        // A server that is older, or newer, than this page may not know the step.
        const step = steps[name] ?? UNKNOWN;
        const seconds = waitOf(step, Date.now() + serverLeadMs);
        return (
          // Atomic, so that a screen reader says the name of the step with its new state.
          <li key={name} data-step={name} data-state={step.state} aria-atomic="true">
            <span className="dot">
              {step.state === 'completed' && <Icon name="done" />}
              {step.state === 'failed' && <Icon name="failed" />}
            </span>
            <span className="name">{speaker.say('screen', `step.${name}`)}</span>
            {/* A screen reader says the next attempt when it begins, and not each second before it. */}
            <span className="hint" aria-live={seconds > 0 ? 'off' : undefined}>
              {stateOf(step, seconds, { speaker, words })}
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
 * Whole seconds (s) until the next attempt of a step; 0 when none is waited for. `server` is what the server's clock shows (ms),
 * since the device's may be wrong.
 */
function waitOf({ state, nextRetryAt }: Step, server: number): number {
  if (state !== 'retrying' || !nextRetryAt) return 0;
  return Math.max(0, Math.ceil((nextRetryAt.toMillis() - server) / 1000));
}

function stateOf(
  { state, attempt }: Step,
  seconds: number,
  { speaker, words }: Omit<ScreenProps, 'services'>,
) {
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
