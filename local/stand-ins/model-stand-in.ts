/**
 * A language model's server for one machine: the Responses API and embeddings of OpenAI over HTTP, answered by rule.
 *
 *     node local/stand-ins/model-stand-in.ts --host 127.0.0.1 --port 4010 --pace 0.02
 *
 * The worker talks to it through its real OpenAI client (`OPENAI_BASE_URL=http://127.0.0.1:4010/v1`, any API key). Every
 * answer is made from the request's FACTS and photos, so the same request always gets the same answer. It names its model
 * `local-simulator`, and takes the step's nominal seconds × pace. Embeddings are not paced.
 *
 * - `POST /v1/responses` (Azure: `/openai/responses`), `POST /v1/embeddings` (1536 numbers)
 * - `GET /health`
 * - `POST /__faults` `{step?, whose?, kind, times?, skip?, retryAfterSeconds?, afterSeconds?}` makes the next `times`
 *   requests (default 1) of a step (default any; `embeddings` by name) and of a user (default any) fail; kinds in
 *   model/faults.ts. `GET /__faults` lists the faults that have not struck yet, `DELETE /__faults[?whose=]` removes them
 * - `GET /__aimock/journal[?service=<step>&status=<status>&limit=&offset=]` lists the requests: `service` is the step,
 *   and a `response.status` of 499 means that the client gave the request up; `POST /__aimock/reset/journal` empties it.
 *   aimock has more under `/__aimock` (its chaos rates apply to the embeddings)
 */

import { parseArgs } from 'node:util';
import { LLMock } from '@copilotkit/aimock';
import { embeddingOf } from './model/embedding.ts';
import { faultsControl } from './model/faults-control.ts';
import { errorResponse, faultRequest, Faults, type Fault } from './model/faults.ts';
import { responsesMount } from './model/responses.ts';

export interface ModelStandIn {
  /** `http://host:port`; the OpenAI base URL is this and `/v1`. */
  readonly url: string;
  /** Plays a fault, as POST /__faults does. */
  fault(fault: Partial<Fault> & Pick<Fault, 'kind'>): void;
  /** Requests of a step so far, as the journal has them. */
  requests(step: string): ReturnType<LLMock['getRequests']>;
  /** Ends requests under way, then the server. */
  stop(): Promise<void>;
}

/** Starts the stand-in; port 0 takes a free one. `pace` scales the steps' nominal seconds. */
export async function startModelStandIn({
  host = '127.0.0.1',
  port = 0,
  pace = 0.02,
}: { host?: string; port?: number; pace?: number } = {}): Promise<ModelStandIn> {
  const faults = new Faults();
  const stopping = new AbortController();
  const mock = new LLMock({ host, port, strict: true, logLevel: 'silent', journalMaxEntries: 2000 });
  const responses = responsesMount({ faults, pace, stopping: stopping.signal });
  mock.mount('/__faults', faultsControl(faults));
  mock.mount('/v1/responses', responses);
  mock.mount('/openai/responses', responses);
  mock.onEmbedding(/^/, (request) => {
    const fault = faults.take('embeddings');
    return (fault && errorResponse(fault)) ?? { embedding: embeddingOf(request.embeddingInput ?? '') };
  });
  const url = await mock.start();
  return {
    url,
    fault: (fault) => faults.add(faultRequest.parse(fault)),
    requests: (step) => mock.getRequests().filter(({ service }) => service === step),
    async stop() {
      stopping.abort();
      await mock.stop();
    },
  };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '4010' },
      pace: { type: 'string', default: '0.02' },
    },
  });
  const [port, pace] = [Number(values.port), Number(values.pace)];
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new TypeError('--port is a number up to 65535');
  if (!Number.isFinite(pace) || pace < 0) throw new TypeError('--pace is a number from 0');
  const standIn = await startModelStandIn({ host: values.host, port, pace });
  console.log(`model stand-in on ${standIn.url}, pace ${pace}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void standIn.stop().then(() => process.exit(0)));
  }
}
