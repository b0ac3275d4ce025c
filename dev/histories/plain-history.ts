/** A workflow's history as it is kept for replays: decrypted, and without what says where it was recorded. */

import { isEncrypted, type Payload } from '@reddyfit/shared/payload-codec';
import type { WorkflowHandle } from '@temporalio/client';
import proto from '@temporalio/proto';
import { localCodec } from '../stack/local-codec.ts';
import { repositoryRoot } from '../stack/stack-file.ts';

type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;

/**
 * JSON of `{workflowId, history}`, in which `History.fromObject` finds a history again. (The SDK's own historyToJSON fails where
 * another protobufjs is hoisted above the SDK's.) Throws when a payload is not of the local stack. */
export async function plainHistory(workflowId: string, history: History): Promise<string> {
  await decryptWithin(history);
  const { History } = proto.temporal.api.history.v1;
  const plain = History.toObject(History.fromObject(history), {
    longs: String,
    enums: String,
    bytes: String,
  });
  return JSON.stringify({ workflowId, history: plain }, (name, value: unknown) =>
    name === 'identity' ? undefined : value,
  );
}

/** Replaces every encrypted payload beneath `value`, wherever it stands. */
async function decryptWithin(value: unknown): Promise<void> {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
  for (const [name, field] of Object.entries(value)) {
    if (isPayload(field) && isEncrypted(field)) {
      const [payload] = await localCodec.decode([field]);
      (value as Record<string, unknown>)[name] = withoutPaths(payload!);
    } else {
      await decryptWithin(field);
    }
  }
}

function isPayload(value: unknown): value is Payload {
  return typeof value === 'object' && value !== null && 'metadata' in value && 'data' in value;
}

/** Stack traces name the files of the checkout that ran. */
function withoutPaths({ metadata, data }: Payload): Payload {
  const text = Buffer.from(data ?? []).toString('utf8');
  if (!text.includes(repositoryRoot)) return { metadata: metadata ?? {}, data: data ?? new Uint8Array() };
  return { metadata: metadata ?? {}, data: Buffer.from(text.replaceAll(`${repositoryRoot}/`, '')) };
}
