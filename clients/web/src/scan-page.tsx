/** One scan as it goes: upload, steps, what it found, or why it ended. */

import type { Scan, ScanHandle, ScanSnapshot } from '@reddyfit/client';
import { useScan } from '@reddyfit/client/react';
import { ANGLES } from '@reddyfit/shared/names/angles';
import { isTerminal } from '@reddyfit/shared/scan/statuses';
import { STEP_NAMES } from '@reddyfit/shared/scan/steps';
import type { Speaker } from '@reddyfit/shared/words/speaker';
import { useEffect } from 'react';
import type { Shared } from './shared.ts';
import { Result } from './result.tsx';

export function ScanPage({
  services: { client },
  words,
  speaker,
  scan,
  onAgain,
}: Shared & { speaker: Speaker; scan: ScanHandle | string; onAgain: () => void }) {
  const snapshot = useScan(scan);
  const { scan: document, phase, scanId, connection, etaSeconds, error, lastServerAt } = snapshot;
  // Loaded anew, the page shows this scan.
  useEffect(() => {
    if (document && scanId) history.replaceState(null, '', `/?scan=${scanId}`);
  }, [document, scanId]);
  const ended = document !== null && isTerminal(document.status);
  const over = ended || phase === 'refused' || phase === 'missing' || error !== null;
  return (
    <>
      {connection === 'offline' && <p role="status">{words.offline}</p>}
      {connection === 'stale' && lastServerAt !== null && <p role="status">{words.stale}</p>}
      {error && <p role="alert">{error.message}</p>}
      {!over && !document && <Sending {...snapshot} words={words} />}
      {phase === 'missing' && <p role="alert">{words.missing}</p>}
      {document?.results?.estimation && <Result scan={document} words={words} speaker={speaker} />}
      {document?.error && <Refusal scan={document} speaker={speaker} />}
      {document && <Steps scan={document} speaker={speaker} />}
      {document?.warnings?.map((warning) => (
        <p key={warning}>{warning}</p>
      ))}
      {!over && etaSeconds !== null && <p>{speaker.format.number(etaSeconds)} s</p>}
      {over ? (
        <button type="button" onClick={onAgain}>
          {words.again}
        </button>
      ) : (
        document &&
        scanId && (
          <button
            type="button"
            className="quiet"
            // How it ended comes with the document, also when it had ended before.
            onClick={() => void client.cancelScan(scanId).catch(() => undefined)}
          >
            {words.cancel}
          </button>
        )
      )}
    </>
  );
}

function Sending({ phase, upload, words }: ScanSnapshot & Pick<Shared, 'words'>) {
  const said =
    phase === 'preparing' ? words.preparing : phase === 'uploading' ? words.uploading : words.waiting;
  return (
    <>
      <h1 role="status">{said}</h1>
      {upload && <progress aria-label={said} max={upload.totalBytes} value={upload.sentBytes} />}
    </>
  );
}

/** Each step with its state; of one that is tried again, which attempt it is and how long it waits. */
function Steps({ scan: { steps, progress = 0 }, speaker: { say } }: { scan: Scan; speaker: Speaker }) {
  if (!steps) return null;
  const stateOf = (name: (typeof STEP_NAMES)[number]) => {
    const { state, attempt, nextRetryAt } = steps[name];
    if (state === 'completed') return '✓';
    if (state === 'failed') return say('screen', 'state.failed');
    if (state === 'skipped') return say('screen', 'state.skipped');
    if (state === 'retrying') {
      const seconds = Math.ceil(((nextRetryAt?.toMillis() ?? 0) - Date.now()) / 1000);
      return seconds > 0
        ? say('screen', 'state.retrying_in', { attempt, seconds })
        : say('screen', 'state.retrying_now', { attempt });
    }
    return state === 'running' && attempt > 1
      ? say('screen', 'state.attempt', { attempt })
      : state === 'running'
        ? '…'
        : '';
  };
  return (
    <section aria-live="polite">
      <progress aria-label={`${progress} %`} max={100} value={progress} />
      <ul className="steps">
        {STEP_NAMES.map((name) => (
          <li key={name} data-step={name} data-state={steps[name].state}>
            <span>{say('screen', `step.${name}`)}</span> <span>{stateOf(name)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Why it ended, and of a rejection what is wrong with each photo. */
function Refusal({ scan: { error, results }, speaker: { say } }: { scan: Scan; speaker: Speaker }) {
  const photos = results?.qualityCheck?.photos;
  return (
    <section role="alert">
      <p>{error!.message}</p>
      <ul>
        {ANGLES.filter((angle) => photos?.[angle].accepted === false).map((angle) => (
          <li key={angle}>
            <strong>{say('screen', `photo.${angle}`)}</strong>{' '}
            {photos![angle].issues.map(({ message }) => message).join(' ')}
          </li>
        ))}
      </ul>
    </section>
  );
}
