/**
 * Gives the credit of a completed scan back, so that its user can begin a new scan at no cost: first shows what that
 * does, then asks for a reason.
 */

import type { Why } from '@reddyfit/shared/operator/acts';
import { useState } from 'react';
import { Told } from '../../web/src/told.tsx';
import type { DeskApi } from './api.ts';
import { Refusal } from './refusal.tsx';
import { AskWhy } from './why.tsx';

/** A preview changes nothing, so the operator is not asked for a reason, but the schema requires one. */
const PREVIEW = { act: 'begin_again', dryRun: true, reason: 'incident', reference: 'preview' } as const;

export function BeginAgain({
  api,
  scanId,
  userId,
  onWhy,
}: {
  api: DeskApi;
  scanId: string;
  userId: string | null;
  onWhy: (why: Why) => void;
}) {
  const [seen, setSeen] = useState<{ verdict: string; word: string } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const look = () => {
    setError(null);
    setSeen(null);
    const request = { ...PREVIEW, scanIds: [scanId], actId: crypto.randomUUID() };
    api.actMany(request).then(({ scans }) => setSeen(scans[0]!), setError);
  };
  const would = seen?.verdict === 'acts';
  return (
    <>
      {would ? (
        <AskWhy
          label="Give the credit back"
          onWhy={(why) => {
            setSeen(null);
            onWhy(why);
          }}
        />
      ) : (
        <button type="button" className="quiet" onClick={look}>
          Begin again at no cost
        </button>
      )}
      <Told>{seen && <p>{saidOf(seen, userId)}</p>}</Told>
      {error !== null && <Refusal error={error} />}
    </>
  );
}

function saidOf({ verdict, word }: { verdict: string; word: string }, userId: string | null): string {
  if (verdict === 'acts')
    return `It would give 1 credit back to ${userId}, who can then begin a new scan. This scan stays as it is.`;
  return word === 'credit_given_before'
    ? 'The credit of this scan was given back before. Nothing would be done.'
    : `It is not possible: ${word}.`;
}
