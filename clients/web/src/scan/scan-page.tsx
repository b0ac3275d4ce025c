/** Shows one scan: its upload, its steps, its results, or why it ended. */

import type { Scan, ScanHandle, ScanSnapshot } from '@reddyfit/client';
import { useScan } from '@reddyfit/client/react';
import { isTerminal } from '@reddyfit/shared/scan/statuses';
import { retryableSteps } from '@reddyfit/shared/scan/document';
import { useEffect } from 'react';
import { DeleteScan } from './delete-scan.tsx';
import { Heading } from '../heading.tsx';
import { PushOffer } from '../account/push.tsx';
import { Result } from './result.tsx';
import { Retake } from '../photos/retake.tsx';
import { go } from '../address.ts';
import { addressOf } from '../route.ts';
import { said } from '../said.ts';
import type { ScreenProps } from '../screen-props.ts';
import { Steps } from './steps.tsx';
import { Told } from '../told.tsx';
import { TryAgain } from '../try-again.tsx';

export function ScanPage({
  scan,
  onStart,
  onAgain,
  ...shared
}: ScreenProps & { scan: ScanHandle | string; onStart: (scan: ScanHandle) => void; onAgain: () => void }) {
  const { services, words, speaker } = shared;
  const snapshot = useScan(scan);
  const { scan: document, phase, scanId, connection, error, serverLeadMs } = snapshot;
  // Puts the scan into the address, so that a reload shows it again.
  useEffect(() => {
    if (document && scanId) go(addressOf.scan(scanId), { replace: true });
  }, [document !== null, scanId]);
  const ended = document !== null && isTerminal(document.status);
  // The page's heading, for the cases in which no other part has one.
  const title =
    document?.results?.estimation || document?.status === 'rejected'
      ? null
      : phase === 'refused' || document?.status === 'failed'
        ? speaker.say('push', 'failed.title')
        : document?.status === 'canceled'
          ? speaker.say('push', 'canceled.title')
          : null;
  const over = ended || phase === 'refused' || phase === 'missing' || error !== null;
  return (
    <>
      <Told>
        {!over && connection === 'offline' && <p className="notice">{words.offline}</p>}
        {!over && connection === 'stale' && <p className="notice">{words.stale}</p>}
      </Told>
      {title && <Heading byNews>{title}</Heading>}
      {error && (
        <p role="alert" className="notice">
          {error.message}
        </p>
      )}
      {phase === 'missing' && (
        <p role="alert" className="notice">
          {words.missing}
        </p>
      )}
      {!over && !document && <Sending {...snapshot} words={words} />}
      {!over && document && <Running {...shared} {...snapshot} scan={document} />}
      {document?.error && document.status !== 'rejected' && (
        <p role="alert" className="notice">
          {said(speaker, 'errors', document.error)}
        </p>
      )}
      {document?.results?.estimation && <Result scan={document} words={words} speaker={speaker} />}
      {document?.status === 'rejected' && scanId && (
        <Retake {...shared} scan={document} scanId={scanId} onStart={onStart} />
      )}
      {ended && scanId && <Warnings {...shared} scan={document} scanId={scanId} />}
      {ended && document.status !== 'rejected' && (
        <details className="card">
          <summary>{words.progress}</summary>
          <Steps scan={document} serverLeadMs={serverLeadMs} words={words} speaker={speaker} />
        </details>
      )}
      {(error?.retryable || (document?.status === 'failed' && document.error?.retryable)) && (
        <TryAgain {...shared} scan={document} scanId={scanId} onStart={onStart} onAgain={onAgain} />
      )}
      {over && document?.status !== 'rejected' && (
        <button type="button" onClick={onAgain}>
          {words.again}
        </button>
      )}
      {ended && scanId && <DeleteScan services={services} words={words} scanId={scanId} />}
      {!over && document && scanId && (
        <button
          type="button"
          className="quiet"
          // The document tells how the scan ended, also when it had ended before the call.
          onClick={() => void services.client.cancelScan(scanId).catch(() => undefined)}
        >
          {words.cancel}
        </button>
      )}
    </>
  );
}

function Sending({ phase, upload, words }: ScanSnapshot & Pick<ScreenProps, 'words'>) {
  const what =
    phase === 'preparing' ? words.preparing : phase === 'uploading' ? words.uploading : words.waiting;
  return (
    <section className="card">
      <Heading>
        <span role="status">{what}</span>
      </Heading>
      {upload && <progress aria-label={what} max={upload.totalBytes} value={upload.sentBytes} />}
    </section>
  );
}

function Running({
  scan,
  etaSeconds,
  busyMinutes,
  serverLeadMs,
  words,
  speaker,
}: ScreenProps & Pick<ScanSnapshot, 'etaSeconds' | 'busyMinutes' | 'serverLeadMs'> & { scan: Scan }) {
  const { progress = 0, results } = scan;
  const wait = busyMinutes !== null && waitInWords(scan, busyMinutes, serverLeadMs, words, speaker);
  const time = etaSeconds !== null && !(wait && wait.late) && inWords(etaSeconds, speaker.reader.locale);
  return (
    <section className="card">
      {results?.estimation ? <h2>{words.running}</h2> : <Heading byNews>{words.running}</Heading>}
      <progress aria-label={words.progress} max={100} value={progress} />
      <Told>{wait && <p className="notice">{wait.said}</p>}</Told>
      {/* Outside of the status, which is spoken anew each minute. */}
      {wait && wait.since && <p className="hint">{wait.since}</p>}
      <p className="hint">
        {time ? `${words.timeLeft.replace('{time}', time)}. ` : ''}
        {words.mayLeave}
      </p>
      <PushOffer words={words} />
      <Steps scan={scan} serverLeadMs={serverLeadMs} words={words} speaker={speaker} />
    </section>
  );
}

/**
 * How long a scan waits for others, and when that was estimated: once, at its admission, a moment after it was created. The minutes count
 * down to the time that was estimated then; `late` once that has passed, since nobody has estimated anew.
 */
function waitInWords(
  { busy, createdAt }: Scan,
  minutes: number,
  serverLeadMs: number,
  words: ScreenProps['words'],
  { say, reader }: ScreenProps['speaker'],
): { said: string; since: string; late: boolean } {
  const at = new Intl.DateTimeFormat(reader.locale, { timeStyle: 'short' }).format(
    createdAt.toMillis() - serverLeadMs,
  );
  const late = busy !== undefined && busy.startsAt.toMillis() <= Date.now() + serverLeadMs;
  if (late) return { said: say('screen', 'busy.late', { time: at }), since: '', late };
  return { said: say('queue', 'busy', { minutes }), since: words.busySaid.replace('{time}', at), late };
}

/** A duration in words: below 90 s rounded up to 5 s, from there in whole minutes. */
function inWords(seconds: number, locale: string): string {
  const [value, unit] =
    seconds < 90 ? [Math.max(5, Math.ceil(seconds / 5) * 5), 'second'] : [Math.round(seconds / 60), 'minute'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

/** The warnings of a completed scan, and a button to repeat each failed optional step. */
function Warnings({ services, words, speaker, scan, scanId }: ScreenProps & { scan: Scan; scanId: string }) {
  if (scan.status !== 'completed') return null;
  return (
    <>
      {scan.warnings?.map((message, index) => (
        <p key={message} className="notice">
          {said(speaker, 'warnings', { message, ...scan.warningCodes?.[index] })}
        </p>
      ))}
      {retryableSteps(scan.steps)
        .filter((step) => scan.steps![step].state === 'failed')
        .map((step) => (
          <button
            key={step}
            type="button"
            className="quiet"
            onClick={() => void services.client.retryScanStep(scanId, step).catch(() => undefined)}
          >
            {words.stepAgain}: {speaker.say('screen', `step.${step}`)}
          </button>
        ))}
    </>
  );
}
