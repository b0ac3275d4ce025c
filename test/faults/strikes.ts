/** Strikes on the calls of a link: which calls they hit, what happens to these, and how often. */

import type { ServerHttp2Stream } from 'node:http2';
import { gunzipSync } from 'node:zlib';

/** gRPC codes with which a call can be answered. */
export const GRPC_STATUS = { ABORTED: 10, UNAVAILABLE: 14 } as const;

/** What happens to some calls of a link. */
export interface Strike {
  /** A part of the path of the calls, such as `/Commit` or `/Poll`. */
  readonly path: string;
  /** Strikes only calls whose message contains this text, or all of these texts. */
  readonly about?: string | readonly string[];
  /**
   * `hold request`: the call does not arrive before `release`, and never after `lose`. `hold answer`: the call arrives, and
   * its answer does not come back before `release`. A status: the call does not arrive, and is answered with that status.
   */
  readonly fate: 'hold request' | 'hold answer' | keyof typeof GRPC_STATUS;
  /** How many calls it strikes. Default 1. */
  readonly times?: number;
  /** How many matching calls pass before the strike hits one. Default 0. */
  readonly passing?: number;
}

/** A strike that is in place. */
export interface Struck {
  /** How many calls it has struck. */
  readonly calls: number;
  /** Resolves when the strike hits its first call. */
  readonly first: Promise<void>;
  /** Resolves when the first struck call has ended. */
  readonly firstEnded: Promise<void>;
  /** Stops striking, and lets the held calls go on. */
  release(): void;
  /** Stops striking, and breaks off the held calls. */
  lose(): void;
}

/** A strike as the link uses it. */
interface Waiting extends Strike {
  left: number;
  /** How many calls still pass. */
  pass: number;
  /** Resolves with true when a held call goes on, and with false when it is lost. */
  readonly released: Promise<boolean>;
  hit(call: ServerHttp2Stream): void;
  lose(): void;
}

/** The strikes of one link. */
export function openStrikes() {
  const waiting = new Set<Waiting>();
  /** The strikes that may hit calls of a path; the messages of such calls have to be read. */
  const at = (path: string) => [...waiting].filter((strike) => strike.left > 0 && path.includes(strike.path));
  return {
    at,
    /** The strike that hits a call, which is counted; undefined when none does. */
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

/**
 * The message of a call as text in which ids can be found. A flag and the message's length in four bytes come first; the flag
 * tells whether it is gzipped.
 */
function messageOf(request: Buffer): string {
  const message = request.subarray(5);
  return (request[0] === 1 ? gunzipSync(message) : message).toString('latin1');
}
