/** Estimates the server's clock from its documents: a phone's clock may be wrong by a day. */

/**
 * The longest time (ms) without a change to a running scan: the server ends it after 30 minutes, and the sweeper two
 * minutes later.
 */
const LONGEST_SILENCE_MS = 32 * 60_000;

/**
 * The phone's clock is taken to be right until a document says otherwise. A document that changed while the client
 * listened was written a moment ago, which gives the difference between the clocks. Any other document may be old, so
 * it only gives the earliest time that the server's clock can show.
 */
export interface ServerClock {
  /** The server's time (ms since 1970) when the phone's clock shows `now` (ms). */
  at(now: number): number;
  /**
   * Learns from a document that was written at `updatedAt` (server, ms) and read at `now` (phone, ms). `fresh`: it
   * changed while the client listened.
   */
  heard(updatedAt: number, now: number, fresh: boolean): void;
}

/** A clock that has heard no document yet. */
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
