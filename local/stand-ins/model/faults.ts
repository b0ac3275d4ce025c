/** Faults that the model stand-in plays on request: by kind, per step, a limited number of times. */

import { STEP_NAMES } from '@reddyfit/shared/scan/steps';
import { z } from 'zod';

/** What a fault may strike: a step, by its name, or the embeddings. */
const TARGETS = [...STEP_NAMES, 'embeddings'] as const;
export type Target = (typeof TARGETS)[number];

/** Kinds that end the request itself, at once. */
const REQUEST_FAULTS = {
  /** 429 with Retry-After. */
  rate_limit: { status: 429, code: 'rate_limit_exceeded', message: 'Rate limit reached' },
  /** 429 that waiting does not cure. */
  quota: { status: 429, code: 'insufficient_quota', message: 'You exceeded your current quota' },
  server_error: { status: 500, code: 'server_error', message: 'The server had an error' },
  overloaded: { status: 503, code: 'overloaded', message: 'The server is overloaded' },
  unauthorized: { status: 401, code: 'invalid_api_key', message: 'Incorrect API key provided' },
  bad_request: { status: 400, code: 'invalid_request', message: 'Unsupported parameter' },
  /** A filter before the model mistook the prompt for a violation of its policy. */
  invalid_prompt: {
    status: 400,
    code: 'invalid_prompt',
    message: 'Invalid prompt: flagged as violating policy',
  },
  /** The provider fails to read a JPEG that it reads at other times. */
  image_parse_error: { status: 400, code: 'image_parse_error', message: 'The image could not be parsed' },
  invalid_image: { status: 400, code: 'invalid_image_format', message: 'You uploaded an unsupported image' },
} as const;
export type RequestFault = keyof typeof REQUEST_FAULTS;

const FAULT_KINDS = [
  ...(Object.keys(REQUEST_FAULTS) as RequestFault[]),
  /** Never answers; ends when the client goes away. */
  'hang',
  /** Answers well, but only after `afterSeconds`. */
  'slow',
  /** Cuts the connection. */
  'disconnect',
  /** 200 whose body breaks off. */
  'broken_body',
  /** The model's text is no JSON. */
  'broken_json',
  /** JSON of another shape. */
  'wrong_schema',
  /** The right shape with NaN for every number, as some models write it. */
  'nan',
  /** The right shape with impossible numbers (900 % body fat) or a link in every text. */
  'out_of_bounds',
  /** The right shape with markup in every text. */
  'html',
  /** The right shape, with what words in a photo demanded: estimation only, 5 % body fat. */
  'obedient',
  /** The model declines. */
  'refusal',
  /** The right shape with an apology in every text. */
  'apology',
  /**
   * A comment in a message of its own before the answer, as newer models write it; a client should still understand the
   * answer.
   */
  'commentary',
  /** The answer stops at the token limit. */
  'incomplete',
  /** The answer is stopped by a filter of content. */
  'filtered',
  /** qualityCheck only: the left photo shows the back. */
  'reject',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export const faultRequest = z
  .strictObject({
    /** Any step when absent; the embeddings only by name. */
    step: z.enum(TARGETS).optional(),
    /** Only requests of the user who goes by this `safety_identifier`; anyone's when absent. */
    whose: z.string().optional(),
    kind: z.enum(FAULT_KINDS),
    /** How many requests it strikes. */
    times: z.number().int().min(1).max(1_000_000).default(1),
    /** How many requests pass unharmed before it strikes. */
    skip: z.number().int().min(0).default(0),
    /** rate_limit: what Retry-After says (s); null for an answer without it. */
    retryAfterSeconds: z.number().int().min(0).nullable().default(1),
    /** slow: when the answer comes (s). */
    afterSeconds: z.number().min(0).default(5),
  })
  .refine(({ step, kind }) => step !== 'embeddings' || Object.hasOwn(REQUEST_FAULTS, kind), {
    error: 'embeddings take only faults that end the request',
  });
export type Fault = z.infer<typeof faultRequest>;

/** The faults that wait for a request. */
export class Faults {
  #waiting: Fault[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ ...fault });
  }

  /**
   * Takes the oldest fault that strikes `target` in a request of `asker`, and counts down its strikes; null when there is
   * none.
   */
  take(target: Target, asker?: string): Fault | null {
    const meant = this.#waiting.filter(
      ({ step, whose }) =>
        (step === target || (step === undefined && target !== 'embeddings')) &&
        (whose === undefined || whose === asker),
    );
    const fault = meant.find(({ skip }) => skip === 0);
    for (const each of meant) if (each.skip > 0) each.skip--;
    if (!fault) return null;
    fault.times--;
    this.#waiting = this.#waiting.filter(({ times }) => times > 0);
    return fault;
  }

  /** Forgets the faults meant for one user, or all. */
  clear(whose?: string): void {
    this.#waiting = whose === undefined ? [] : this.#waiting.filter((fault) => fault.whose !== whose);
  }

  list(): readonly Fault[] {
    return this.#waiting;
  }
}

/** The error response of a fault that ends the request, in the form of OpenAI's; null for other kinds. */
export function errorResponse({ kind, retryAfterSeconds }: Fault) {
  if (!Object.hasOwn(REQUEST_FAULTS, kind)) return null;
  const { status, code, message } = REQUEST_FAULTS[kind as RequestFault];
  return {
    status,
    ...(retryAfterSeconds !== null && { retryAfter: retryAfterSeconds }),
    error: { message, type: code, code },
  };
}
