/** The file of an archived history: gzipped JSON of the run and its history, with payloads as Temporal stored them. */

import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import proto from '@temporalio/proto';
import { z } from 'zod';
import type { ClosedRun, History } from './ports.ts';

const { History: HistoryMessage } = proto.temporal.api.history.v1;

const file = z.object({
  /** Version of the file format. */
  version: z.literal(1),
  workflowId: z.string(),
  runId: z.string(),
  status: z.string(),
  closedAt: z.iso.datetime(),
  /** Temporal's History message as JSON: enums as names, 64-bit numbers as text, bytes in base64. */
  history: z.looseObject({ events: z.array(z.looseObject({})) }),
});

/** Makes the file. The same run always gives the same content, because a history does not change once the run has closed. */
export function packHistory(run: ClosedRun, history: History): Promise<Buffer> {
  const plain = HistoryMessage.toObject(HistoryMessage.fromObject(history), {
    longs: String,
    enums: String,
    bytes: String,
  });
  const { workflowId, runId, status, closedAt } = run;
  const content = { version: 1, workflowId, runId, status, closedAt: closedAt.toISOString(), history: plain };
  return promisify(gzip)(JSON.stringify(content));
}

/** Reads a file that `packHistory` made. Throws when the content is not such a file. */
export async function unpackHistory(content: Buffer): Promise<{ run: ClosedRun; history: History }> {
  const { history, workflowId, runId, status, closedAt } = file.parse(
    JSON.parse((await promisify(gunzip)(content)).toString('utf8')),
  );
  return {
    run: { workflowId, runId, status, closedAt: new Date(closedAt) },
    history: HistoryMessage.fromObject(history),
  };
}
