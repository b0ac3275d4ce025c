/** Records who looked into which workflow. */

import { operatorChain } from '@reddyfit/shared/audit/chain';
import { scanIdOfWorkflow } from '@reddyfit/shared/names/ids';
import type { AuditLog } from '../../worker/src/audit/ports.ts';

/** One look: an operator had payloads decoded. `workflowId` is undefined when the workflow is unknown. */
export interface Look {
  operator: string;
  workflowId: string | undefined;
  payloads: number;
}

export type RecordLook = (look: Look) => Promise<void>;

/**
 * Records each look in the chain of the workflow's scan, or in the operator's own chain when the workflow is of no scan.
 * Resolves when the entry is written. The Web UI requests all payloads of a page at once, so the looks of one operator into
 * one workflow that arrive while their chain is being written to are counted in its next entry.
 */
export function decodeAudit(log: AuditLog, newKey: () => string, now: () => string): RecordLook {
  /** Looks whose entry is not being written yet, by operator and workflow. */
  const waiting = new Map<string, { look: Look; written: Promise<void> }>();
  /** The latest write of each chain. */
  const latest = new Map<string, Promise<void>>();

  return ({ operator, workflowId, payloads }) => {
    const name = JSON.stringify([operator, workflowId]);
    const joined = waiting.get(name);
    if (joined) {
      joined.look.payloads += payloads;
      return joined.written;
    }
    const chain = scanIdOfWorkflow(workflowId ?? '') ?? operatorChain(operator);
    const look: Look = { operator, workflowId, payloads };
    const write = async (before: Promise<void> | undefined) => {
      await before?.catch(() => undefined);
      waiting.delete(name);
      await log.append(chain, {
        key: `payloads_decoded:${newKey()}`,
        at: now(),
        actor: `operator:${operator}`,
        action: 'payloads_decoded',
        detail: { payloads: look.payloads, ...(workflowId !== undefined && { workflowId }) },
      });
    };
    const written = write(latest.get(chain));
    waiting.set(name, { look, written });
    latest.set(chain, written);
    const forget = () => {
      if (latest.get(chain) === written) latest.delete(chain);
    };
    written.then(forget, forget);
    return written;
  };
}
