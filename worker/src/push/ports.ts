/** The port that sends push messages to a user's devices. */

import type { ScanStatus } from '@reddyfit/shared/scan/statuses';

export interface Push {
  /**
   * Sends to the user's devices that have not had this message yet. Key: scan, status and token. Resolves with the
   * number of devices that accepted it now. Throws ScanPipelineError, with the wait that FCM asked for, when the
   * message must be sent again to some devices.
   */
  send(uid: string, message: PushMessage): Promise<number>;
}

/** A push message. On the phone it replaces an earlier message for the same scan and status. */
export interface PushMessage {
  scanId: string;
  status: ScanStatus;
  title: string;
  body: string;
  /** True when the message must be delivered without a sound. */
  quiet: boolean;
}
