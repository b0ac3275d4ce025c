/** For an auditor: the audit chain of a scan, and whether it is intact. */

import type { VerifiedChain } from '@reddyfit/shared/operator/audits';
import { useEffect, useState } from 'react';
import { Told } from '../../web/src/told.tsx';
import type { DeskApi } from './api.ts';
import { Entries } from './entries.tsx';
import { Refusal } from './refusal.tsx';

export function Chain({ api, scanId }: { api: DeskApi; scanId: string }) {
  const [chain, setChain] = useState<VerifiedChain | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    api.chain(scanId).then(setChain, setError);
  }, [api, scanId]);
  return (
    <>
      <h1>Chain of scan {scanId}</h1>
      {error !== null && <Refusal error={error} />}
      <Told>
        {!chain && error === null && <p>Loading…</p>}
        {chain?.faults.length === 0 && <p>The chain is whole by itself: {chain.entries.length} entries.</p>}
      </Told>
      {chain?.faults.map((fault) => (
        <p key={fault} role="alert" className="notice">
          {fault}
        </p>
      ))}
      {chain && <Entries entries={chain.entries} />}
    </>
  );
}
