/** For an auditor: the audit chain of a scan, and whether it is intact. */

import type { VerifiedChain } from '@reddyfit/shared/operator/audits';
import { useEffect, useState } from 'react';
import type { DeskApi } from './api.ts';
import { Entries } from './entries.tsx';
import { Refusal } from './refusal.tsx';

export function Chain({ api, scanId }: { api: DeskApi; scanId: string }) {
  const [chain, setChain] = useState<VerifiedChain | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    api.chain(scanId).then(setChain, setError);
  }, [api, scanId]);
  if (!chain) return error === null ? <p role="status">Loading…</p> : <Refusal error={error} />;
  return (
    <>
      <h1>Chain of scan {scanId}</h1>
      {chain.faults.length === 0 ? (
        <p role="status">The chain is whole by itself: {chain.entries.length} entries.</p>
      ) : (
        chain.faults.map((fault) => (
          <p key={fault} role="alert" className="notice">
            {fault}
          </p>
        ))
      )}
      <Entries entries={chain.entries} />
    </>
  );
}
