/** Loaded before a worker's own code: its Firestore client then says on a line of the log which documents each commit has written. */

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { repositoryRoot } from '../../repository.ts';

interface Write {
  readonly update?: { readonly name: string };
  readonly delete?: string;
  readonly transform?: { readonly document: string };
}
type Commit = (request: { writes?: readonly Write[] }, ...rest: unknown[]) => Promise<unknown>;

const CLIENT = 'node_modules/@google-cloud/firestore/build/src/v1/firestore_client.js';
const { FirestoreClient } = createRequire(import.meta.url)(join(repositoryRoot, CLIENT)) as {
  FirestoreClient: { prototype: { commit: Commit } };
};
const { commit } = FirestoreClient.prototype;
FirestoreClient.prototype.commit = async function (request, ...rest) {
  const answer = await commit.call(this, request, ...rest);
  const committed = (request.writes ?? []).map((write) =>
    (write.update?.name ?? write.delete ?? write.transform!.document).replace(/^.*?\/documents\//, ''),
  );
  process.stdout.write(`${JSON.stringify({ committed })}\n`);
  return answer;
};
