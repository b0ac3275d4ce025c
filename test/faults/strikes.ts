/** What befalls calls on a link: which, how, and how often. */

import type { ServerHttp2Stream } from 'node:http2';
import { gunzipSync } from 'node:zlib';

/** Codes of gRPC that a call can be answered with. */
export const GRPC_STATUS = { ABORTED: 10, UNAVAILABLE: 14 } as const;

/** What befalls calls on their way. */
export interface Strike {
  /** Which calls: a part of the path, `/Commit` or `/Poll`. */
  readonly path: string;
  /** Only those whose message holds this text, or all of these. */
  readonly about?: string | readonly string[];
  /**
   * `hold request`: it does not arrive before `release`, and never after `lose`. `hold answer`: it arrives, and its answer does
   * not come back before `release`. A status: it does not arrive, and is answered with that.
   */
  readonly fate: 'hold request' | 'hold answer' | keyof typeof GRPC_STATUS;
  /** How many calls it strikes. Default 1. */
  readonly times?: number;
  /** How many such calls it lets pass before. Default 0. */
  readonly passing?: number;
}

/** A strike that was put in place. */
export interface Struck {
  /** How many calls it has struck. */
  readonly calls: number;
  /** Resolves at its first call. */
  readonly first: Promise<void>;
  /** Resolves when that has ended. */
  readonly firstEnded: Promise<void>;
  /** Strikes no more, and lets go on what is held. */
  release(): void;
  /** Strikes no more, and breaks off what is held. */
  lose(): void;
}

/** A strike as the link sees it. */
interface Waiting extends Strike {
  left: number;
  /** Calls that still pass. */
  pass: number;
  /** True when a held call goes on, false when it is lost. */
  readonly released: Promise<boolean>;
  hit(call: ServerHttp2Stream): void;
  lose(): void;
}

/** The strikes of one link. */
export function openStrikes() {
  const waiting = new Set<Waiting>();
  /** Those that may strike calls of a path: their messages have to be read. */
  const at = (path: string) => [...waiting].filter((strike) => strike.left > 0 && path.includes(strike.path));
  return {
    at,
    /** The one that strikes a call, counted as struck; undefined when there is none. */
    take(path: string, request: Buffer, call: ServerHttp2Stream): Waiting | undefined {
      const text = messageOf(request);
      const strike = at(path).find(({ about = [] }) => [about].flat().every((one) => text.includes(one)));
      if (strike && strike.pass > 0) {
        strike.pass -= 1;
        return undefined;
      }
      strike?.hit(call);
      return strike;
    },
    loseAll(): void {
      for (const strike of waiting) strike.lose();
    },
    add(strike: Strike): Struck {
      const first = Promise.withResolvers<void>();
      const firstEnded = Promise.withResolvers<void>();
      const released = Promise.withResolvers<boolean>();
      let calls = 0;
      const end = (goesOn: boolean) => {
        waiting.delete(entry);
        released.resolve(goesOn);
      };
      const entry: Waiting = {
        ...strike,
        left: strike.times ?? 1,
        pass: strike.passing ?? 0,
        released: released.promise,
        hit(call) {
          entry.left -= 1;
          calls += 1;
          first.resolve();
          call.once('close', () => firstEnded.resolve());
        },
        lose: () => end(false),
      };
      waiting.add(entry);
      return {
        get calls() {
          return calls;
        },
        first: first.promise,
        firstEnded: firstEnded.promise,
        release: () => end(true),
        lose: entry.lose,
      };
    },
  };
}

/** The message of a call, as text in which ids can be found: a flag, its length in four bytes, and perhaps zipped. */
function messageOf(request: Buffer): string {
  const message = request.subarray(5);
  return (request[0] === 1 ? gunzipSync(message) : message).toString('latin1');
}
