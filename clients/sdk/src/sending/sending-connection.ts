/** Tells how the connection is while a scan is sent, before there is a document to listen to. */

import type { Connection } from '../watching/snapshot.ts';
import type { Wake } from '../watching/wake.ts';

interface SendingConnection {
  readonly wake: Wake;
  /** The device's clock (ms since 1970). */
  readonly now: () => number;
  readonly times: { readonly staleAfterMs: number; readonly tickMs: number };
  /** Called whenever it may have changed. */
  readonly show: (connection: Connection) => void;
}

/**
 * Begins as `live`. `stale` once nothing has got on for `staleAfterMs`, and `offline` while the device says that it has no
 * network. `gotOn` is called when more has been sent than ever before, or the server has answered. Runs until `stop`.
 */
export function sendingConnection({ wake, now, times, show }: SendingConnection) {
  let gotOnAt = now();
  const look = () => {
    // If the clock was set back, the silence is counted from its present time.
    gotOnAt = Math.min(gotOnAt, now());
    if (!wake.isOnline()) show('offline');
    else show(now() - gotOnAt >= times.staleAfterMs ? 'stale' : 'live');
  };
  const ticking = setInterval(look, times.tickMs);
  const stopWaking = wake.subscribe(look);
  return {
    gotOn() {
      gotOnAt = now();
      look();
    },
    look,
    stop() {
      clearInterval(ticking);
      stopWaking();
    },
  };
}
