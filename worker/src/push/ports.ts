/** Push messages to a user's devices. */

import type { ScanStatus } from '@reddyfit/shared/scan/statuses';

export interface Push {
  /**
   * Sends to the user's devices that have not had this message, known by its scan and status; resolves with the number that
   * took it now. Throws ScanPipelineError, with the wait that was asked for, when it is to be sent again to some.
   */
  send(uid: string, message: PushMessage): Promise<number>;
}

/** One message; another one for the same scan and status replaces it on the phone. */
export interface PushMessage {
  scanId: string;
  status: ScanStatus;
  title: string;
  body: string;
  /** To be delivered without a sound. */
  quiet: boolean;
}
