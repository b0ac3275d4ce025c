/** Applies one act to the chosen scans: first shows what it would do, then asks for a reason and does it. */

import type { Why } from '@reddyfit/shared/operator/acts';
import { BULK_ACTS, BULK_MOST, type BulkActName, type BulkDone } from '@reddyfit/shared/operator/bulk';
import { OPTIONAL_STEP_NAMES, type OptionalStepName } from '@reddyfit/shared/scan/steps';
import { useEffect, useRef, useState } from 'react';
import { Told } from '../../web/src/told.tsx';
import { mayBeDone } from './act-names.ts';
import type { DeskApi } from './api.ts';
import { Part } from './part.tsx';
import { Refusal } from './refusal.tsx';
import { AskWhy } from './why.tsx';

const SAID: Record<BulkActName, string> = {
  retry_step: 'Run a failed step again',
  cancel: 'Cancel',
  fail: 'End as failed, with refund',
  push: 'Send the push again',
  begin_again: 'Begin again at no cost',
};

/** A preview changes nothing, so the operator is not asked for a reason, but the schema requires one. */
const PREVIEW = { reason: 'incident', reference: 'preview' } as const;

type Verdict = BulkDone['scans'][number]['verdict'];

/** A verdict in words, of a preview or of what was done. */
const VERDICTS: Record<Verdict, (dryRun: boolean) => string> = {
  acts: (dryRun) => (dryRun ? 'would be done' : 'done'),
  changes_nothing: () => 'nothing to do',
  refused: () => 'refused',
  failed: () => 'failed, may be sent again',
  left: () => 'left',
};

const acts = ({ verdict }: { verdict: Verdict }) => verdict === 'acts';

/** The progress of an act. */
function saidOf({ left, scans }: BulkDone): string {
  if (left === 0) return 'It is done.';
  return `${scans.length - left} of ${scans.length} are done, and ${left} are left: the time of one request was over, or a server was away.`;
}

export function ActOnMany({
  api,
  scanIds,
  onDone,
}: {
  api: DeskApi;
  /** At least one. */
  scanIds: readonly string[];
  onDone: () => void;
}) {
  const [act, setAct] = useState<BulkActName>('retry_step');
  const [step, setStep] = useState<OptionalStepName>(OPTIONAL_STEP_NAMES[0]);
  // Identifies the act on all chosen scans, so that a repeated request continues it when an answer was lost or covered
  // only a part.
  const [actId, setActId] = useState(() => crypto.randomUUID());
  // True while the last answer to the act under this name was lost.
  const isLost = useRef(false);
  const [seen, setSeen] = useState<BulkDone | null>(null);
  const [error, setError] = useState<unknown>(null);
  // True while a request is pending, so that a second press sends nothing.
  const [asking, setAsking] = useState(false);
  // The reason of an act that is not finished.
  const [because, setBecause] = useState<Why | null>(null);
  const chosen = scanIds.join();
  // The present selection. An answer about an earlier selection is not shown.
  const asked = useRef('');
  asked.current = [act, step, chosen].join();
  useEffect(() => {
    setSeen(null);
    setBecause(null);
    setActId(crypto.randomUUID());
    isLost.current = false;
  }, [act, step, chosen]);
  const ask = (dryRun: boolean, why: Why, name = actId): Promise<void> => {
    setError(null);
    setAsking(true);
    const request = {
      act,
      ...(act === 'retry_step' && { step }),
      scanIds: [...scanIds],
      dryRun,
      actId: name,
      ...why,
    };
    const about = asked.current;
    const answered = (answer: BulkDone) => {
      const isLeft = answer.left > 0;
      if (!dryRun) onDone();
      // An answer about an earlier selection neither shows nor prepares anything for the present one.
      if (about !== asked.current) return undefined;
      const isOver = dryRun ? isLost.current && !answer.scans.some(acts) : !isLeft;
      const next = isOver ? crypto.randomUUID() : name;
      setActId(next);
      if (isOver || !dryRun) isLost.current = false;
      // The act whose answer was lost is done as far as it can be, so what is asked for now is another one.
      if (dryRun && isOver) return ask(true, why, next);
      setBecause(isLeft ? why : null);
      setSeen(answer);
      return undefined;
    };
    const failed = (thrown: unknown) => {
      if (!dryRun && about === asked.current && mayBeDone(thrown)) isLost.current = true;
      setError(thrown);
    };
    return api
      .actMany(request)
      .then(answered, failed)
      .finally(() => setAsking(false));
  };
  const would = seen?.dryRun ? seen.scans.filter(acts).length : 0;
  return (
    <section className="card">
      <h2>{scanIds.length} chosen</h2>
      {scanIds.length > BULK_MOST && <p role="alert">Choose {BULK_MOST} at most.</p>}
      <div className="acts">
        <label className="field">
          Do
          <select value={act} onChange={(event) => setAct(event.currentTarget.value as BulkActName)}>
            {BULK_ACTS.map((name) => (
              <option key={name} value={name}>
                {SAID[name]}
              </option>
            ))}
          </select>
        </label>
        {act === 'retry_step' && (
          <label className="field">
            Step
            <select value={step} onChange={(event) => setStep(event.currentTarget.value as OptionalStepName)}>
              {OPTIONAL_STEP_NAMES.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
        )}
        <button type="button" className="quiet" disabled={asking} onClick={() => void ask(true, PREVIEW)}>
          Preview
        </button>
        {would > 0 && !asking && (
          <AskWhy label={`Do it to ${would}`} danger onWhy={(why) => void ask(false, why)} />
        )}
        {because && seen && (
          <button
            type="button"
            className="quiet danger"
            disabled={asking}
            onClick={() => void ask(false, because)}
          >
            Go on with the {seen.left} left
          </button>
        )}
      </div>
      {error !== null && <Refusal error={error} />}
      <Told>
        {seen && !asking && error === null && (
          <p>{seen.dryRun ? `It would be done to ${would}. Nothing is done yet.` : saidOf(seen)}</p>
        )}
      </Told>
      {seen && (
        <Part
          title={seen.dryRun ? 'What would be done' : 'What was done'}
          head={['Scan', 'Verdict', seen.dryRun ? 'It is, or why not' : 'It is now, or why not']}
        >
          {seen.scans.map(({ scanId, verdict, word }) => (
            <tr key={scanId}>
              <th scope="row">{scanId}</th>
              <td>{VERDICTS[verdict](seen.dryRun)}</td>
              <td>{word}</td>
            </tr>
          ))}
        </Part>
      )}
    </section>
  );
}
