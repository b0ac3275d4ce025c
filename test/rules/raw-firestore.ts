/** Sends a Firestore requests as they go over the wire, which the SDK's queries cannot all express. */

import type { EventEmitter } from 'node:events';
import { Firestore } from 'firebase-admin/firestore';

/** A google.firestore.v1.Value: one property, named by its type. */
export type Value = Record<string, unknown>;
export type Fields = Record<string, Value>;

/** What a query found, or why it was refused. */
export interface Answer {
  found?: { id: string; fields: Fields; skipped: number }[];
  count?: unknown;
  refused?: string;
}

/** A moment as the wire has it. */
type Moment = Record<string, unknown>;

/** INVALID_ARGUMENT and FAILED_PRECONDITION: the codes of gRPC for a query that nobody answers. */
const REFUSALS: unknown[] = [3, 9];

/** What is used of the SDK's own client. */
interface WireClient {
  commit(request: object, options: object): Promise<[{ commitTime: Moment }]>;
  beginTransaction(request: object, options: object): Promise<[{ transaction: unknown }]>;
  runQuery(request: object, options: object): EventEmitter;
  runAggregationQuery(request: object, options: object): EventEmitter;
}

export class RawFirestore {
  readonly root: string;
  readonly #db: Firestore;
  readonly #options = {
    otherArgs: { headers: { authorization: 'Bearer owner' } },
    // What was refused is refused again.
    retryRequestOptions: { retries: 0, noResponseRetries: 0 },
  };

  /** The database of the project on the emulator at `address` (host:port). */
  constructor(address: string, projectId: string) {
    const [host, port] = address.split(':') as [string, string];
    this.#db = new Firestore({ projectId, host, port: Number(port), ssl: false });
    this.root = `projects/${projectId}/databases/(default)/documents`;
  }

  /** The SDK gives nobody the client of the wire that it makes. */
  #client<T>(use: (client: WireClient) => Promise<T>): Promise<T> {
    type Pool = { run(tag: string, grpc: boolean, use: (client: WireClient) => Promise<T>): Promise<T> };
    return (this.#db as unknown as { _clientPool: Pool })._clientPool.run('test', true, use);
  }

  /** Writes the documents, and deletes those without fields, in one commit. */
  async write(documents: Record<string, Fields | null>): Promise<Moment> {
    const writes = Object.entries(documents).map(([path, fields]) => {
      const name = `${this.root}/${path}`;
      return fields ? { update: { name, fields } } : { delete: name };
    });
    const database = this.root.replace(/\/documents$/, '');
    const [{ commitTime }] = await this.#client((client) =>
      client.commit({ database, writes }, this.#options),
    );
    return commitTime;
  }

  /** The id of a new transaction. */
  async begin(options: object): Promise<unknown> {
    const database = this.root.replace(/\/documents$/, '');
    const [{ transaction }] = await this.#client((client) =>
      client.beginTransaction({ database, options }, this.#options),
    );
    return transaction;
  }

  /** The answer to `runQuery` or `runAggregationQuery`, and how many documents the emulator says that it read by an index. */
  ask(method: 'runQuery' | 'runAggregationQuery', request: object): Promise<[Answer, number | undefined]> {
    const sent = { parent: this.root, ...request };
    return this.#client((client) => {
      const answers: {
        document?: { name: string; fields: Fields };
        skippedResults?: number;
        result?: object;
      }[] = [];
      let read: string | undefined;
      const stream = client[method](sent, this.#options);
      return new Promise((resolve, reject) => {
        stream.on(
          'metadata',
          (metadata: { get(key: string): string[] }) => ([read] = metadata.get('documents-read')),
        );
        stream.on('data', (answer: (typeof answers)[number]) => answers.push(answer));
        stream.on('error', (error: Error & { code?: number }) =>
          REFUSALS.includes(error.code) ? resolve([{ refused: error.message }, undefined]) : reject(error),
        );
        stream.on('end', () => {
          const found = answers.flatMap(({ document, skippedResults }) =>
            document
              ? [
                  {
                    id: document.name.split('/').slice(-1)[0]!,
                    fields: document.fields,
                    skipped: skippedResults ?? 0,
                  },
                ]
              : [],
          );
          const [count] = answers.flatMap(({ result }) => result ?? []);
          resolve([{ found, ...(count && { count }) }, read === undefined ? undefined : Number(read)]);
        });
      });
    });
  }

  close(): Promise<void> {
    return this.#db.terminate();
  }
}
