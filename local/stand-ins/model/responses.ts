/**
 * POST /v1/responses of the stand-in: plays a fault first, or answers at the step's pace. aimock writes and journals the
 * response.
 */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import {
  handleResponses,
  Logger,
  type FixtureResponse,
  type Journal,
  type Mountable,
} from '@copilotkit/aimock';
import { NOMINAL_SECONDS } from '@reddyfit/shared/scan/steps';
import { answerTo, apologetic, obedient, rejection, spoiled, withMarkup, withNaN } from './answers.ts';
import { errorResponse, type Fault, type FaultKind, type Faults } from './faults.ts';
import { readQuestion, type StandInQuestion } from './question.ts';

/** The model's name in every answer; the worker marks results of this model as simulated. */
const MODEL_NAME = 'local-simulator';

const REFUSAL = "I'm sorry, I can't help with that.";

/** About as many tokens as a vision model counts for one photo. */
const TOKENS_PER_PHOTO = 765;

/** One request under way. */
interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly journal: Journal;
  readonly question: StandInQuestion;
  /** Aborted when the client goes away or the stand-in stops. */
  readonly signal: AbortSignal;
}

/** The endpoint, mounted in aimock. `pace` scales the steps' nominal seconds; `stopping` ends every request. */
export function responsesMount({
  faults,
  pace,
  stopping,
}: {
  faults: Faults;
  pace: number;
  stopping: AbortSignal;
}): Mountable {
  let journal: Journal;
  return {
    setJournal(given) {
      journal = given;
    },
    async handleRequest(req, res) {
      if (req.method !== 'POST') return false;
      const gone = new AbortController();
      res.once('close', () => gone.abort());
      const signal = AbortSignal.any([gone.signal, stopping]);
      let question: StandInQuestion;
      try {
        question = readQuestion(JSON.parse(await text(req)));
      } catch (error) {
        sendJson(res, 400, { error: { message: String(error), type: 'invalid_request_error', code: null } });
        return true;
      }
      const exchange = { req, res, journal: journalOf(journal, question.step), question, signal };
      try {
        await respond(exchange, faults.take(question.step, question.asker), pace);
      } catch (error) {
        if (!signal.aborted) throw error;
        // nginx's status 499 means that the client closed the request.
        record(exchange, 499, 'the client went away');
        res.destroy();
      }
      return true;
    },
  };
}

async function respond(exchange: Exchange, fault: Fault | null, pace: number): Promise<void> {
  const { res, question, signal } = exchange;
  const failure = fault && errorResponse(fault);
  if (fault && failure && fault.retryAfterSeconds === null) {
    // Written here, because aimock sends a Retry-After with every 429.
    record(exchange, failure.status, fault.kind);
    sendJson(res, failure.status, { error: failure.error });
    return;
  }
  if (failure) return reply(exchange, failure);
  if (fault?.kind === 'hang') await wait(2 ** 31 - 1, undefined, { signal });
  if (fault?.kind === 'disconnect') {
    record(exchange, 0, fault.kind);
    res.destroy();
    return;
  }
  const seconds = fault?.kind === 'slow' ? fault.afterSeconds : NOMINAL_SECONDS[question.step] * pace;
  await wait(seconds * 1000, undefined, { signal });
  await answer(exchange, fault?.kind);
}

async function answer(exchange: Exchange, kind: FaultKind | undefined): Promise<void> {
  const { res, question } = exchange;
  const content = (value: unknown) => reply(exchange, textResponse(question, JSON.stringify(value)));
  switch (kind) {
    case 'broken_json':
      return reply(exchange, textResponse(question, '{"bodyFatPercent": 18.'));
    case 'wrong_schema':
      return content({ unexpected: true });
    case 'nan':
      return reply(exchange, textResponse(question, withNaN(JSON.stringify(answerTo(question)))));
    case 'out_of_bounds':
      return content(spoiled(answerTo(question)));
    case 'html':
      return content(withMarkup(answerTo(question)));
    case 'obedient':
      return content(question.step === 'estimation' ? obedient() : answerTo(question));
    case 'reject':
      return content(question.step === 'qualityCheck' ? rejection() : answerTo(question));
    case 'broken_body':
      record(exchange, 200, kind);
      res
        .writeHead(200, { 'content-type': 'application/json' })
        .end('{"id":"resp_1","object":"response","output":[');
      return;
    case 'refusal':
      record(exchange, 200, kind);
      sendJson(res, 200, message(question, [{ type: 'refusal', refusal: REFUSAL }]));
      return;
    case 'apology':
      return content(apologetic(answerTo(question)));
    case 'commentary': {
      const answered = JSON.stringify(answerTo(question));
      const [said, meant] = ['I look at what I was given first.', answered].map((words) => [
        { type: 'output_text', text: words, annotations: [] },
      ]);
      const [comment] = message(question, said!).output;
      const final = message(question, meant!);
      record(exchange, 200, kind);
      sendJson(res, 200, {
        ...final,
        output: [
          { ...comment, id: 'msg_comment', phase: 'commentary' },
          { ...final.output[0], phase: 'final_answer' },
        ],
      });
      return;
    }
    case 'filtered':
      record(exchange, 200, kind);
      sendJson(res, 200, {
        ...message(question, [{ type: 'output_text', text: '{"', annotations: [] }]),
        status: 'incomplete',
        incomplete_details: { reason: 'content_filter' },
      });
      return;
    case 'incomplete':
      record(exchange, 200, kind);
      sendJson(res, 200, {
        ...message(question, [
          { type: 'output_text', text: '{"observations":["The outline', annotations: [] },
        ]),
        status: 'incomplete',
        incomplete_details: { reason: 'max_output_tokens' },
      });
      return;
    default:
      return content(answerTo(question));
  }
}

/** What the journal keeps of a question: its texts, then a line that names the asker. */
const journaled = ({ text: said, asker }: StandInQuestion) => (asker ? `${said}\nASKER ${asker}` : said);

/**
 * Lets aimock write and journal a response. The photos stay out of its journal; the step is passed on as
 * `response_format`.
 */
async function reply({ req, res, journal, question }: Exchange, response: FixtureResponse): Promise<void> {
  const raw = JSON.stringify({
    model: MODEL_NAME,
    input: journaled(question),
    response_format: { type: 'json_schema', name: question.step },
  });
  const fixture = { match: { predicate: () => true }, response };
  const defaults = { latency: 0, chunkSize: 1, replaySpeed: 1, logger: new Logger('silent') };
  await handleResponses(req, res, raw, [fixture], journal, defaults, () => undefined);
}

function textResponse(question: StandInQuestion, content: string): FixtureResponse {
  return { content, model: MODEL_NAME, usage: usageOf(question, content.length) };
}

/** Estimates the tokens at about four characters each. */
function usageOf(question: StandInQuestion, outputLength: number) {
  return {
    input_tokens: Math.ceil(question.text.length / 4) + question.photoHashes.length * TOKENS_PER_PHOTO,
    output_tokens: Math.ceil(outputLength / 4),
  };
}

/** A response with one message, for cases for which aimock has no form of its own. */
function message(question: StandInQuestion, content: readonly object[]) {
  const usage = usageOf(question, REFUSAL.length);
  return {
    id: 'resp_stand_in',
    object: 'response',
    created_at: Math.floor(Date.now() / 1000),
    status: 'completed',
    error: null,
    incomplete_details: null,
    model: MODEL_NAME,
    output: [{ id: 'msg_stand_in', type: 'message', role: 'assistant', status: 'completed', content }],
    usage: { ...usage, total_tokens: usage.input_tokens + usage.output_tokens },
  };
}

/** A journal that stores the step as the `service` of each entry, so that entries can be listed by step. */
function journalOf(journal: Journal, step: string): Journal {
  return Object.assign(Object.create(journal) as Journal, {
    add: (entry: Parameters<Journal['add']>[0]) => journal.add({ ...entry, service: step }),
  });
}

function record({ req, journal, question }: Exchange, status: number, interruptReason: string): void {
  journal.add({
    method: req.method ?? 'POST',
    path: req.url ?? '',
    headers: {},
    body: { model: MODEL_NAME, messages: [{ role: 'user', content: journaled(question) }] },
    response: { status, fixture: null, interrupted: true, interruptReason },
  });
}

function sendJson(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
