/** What the server's clock shows, told from its documents: a phone's clock may be wrong by a day. */

/** No running scan is silent for longer (ms): the server ends it after 30 minutes, and the sweeper two minutes later. */
const LONGEST_SILENCE_MS = 32 * 60_000;

/**
 * The phone's clock is taken to be right until a document says otherwise. One that has just changed while we listened was written a moment ago,
 * which gives the difference; any other may be old, and only says how late it is at the server at least.
 */
export interface ServerClock {
  /** The server's time (ms since 1970) when the phone's clock shows `now` (ms). */
  at(now: number): number;
  /** A document written at `updatedAt` (server, ms) is read at `now` (phone, ms); `fresh` when it changed while we listened. */
  heard(updatedAt: number, now: number, fresh: boolean): void;
}

/** A clock that knows nothing yet. */
export function serverClock(): ServerClock {
  let offset = 0;
  let known = false;
  return {
    at: (now) => now + offset,
    heard(updatedAt, now, fresh) {
      const behind = updatedAt - now;
      if (fresh) [offset, known] = [behind, true];
      else if (behind > offset || (!known && behind < -LONGEST_SILENCE_MS)) offset = behind;
    },
  };
}
