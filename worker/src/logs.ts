/** The worker's log: JSON lines in Cloud Logging's fields. Ids and codes only; never a measurement, a name, a URL or a key. */

import type { LogLevel, LogMetadata } from '@temporalio/worker';

const SEVERITY: Record<LogLevel, string> = {
  TRACE: 'DEBUG',
  DEBUG: 'DEBUG',
  INFO: 'INFO',
  WARN: 'WARNING',
  ERROR: 'ERROR',
};

/** What may stand beside a message. */
export type LogFields = Record<string, string | number | boolean | undefined>;

/** Writes one line to stdout. */
export function log(severity: 'INFO' | 'WARNING' | 'ERROR', message: string, fields: LogFields = {}): void {
  process.stdout.write(
    `${JSON.stringify({ severity, message, time: new Date().toISOString(), ...fields })}\n`,
  );
}

/** Fields of the SDK's own lines that are safe to keep: they name where something happened, not what was said. */
const SDK_FIELDS = ['activityType', 'attempt', 'workflowId', 'runId', 'scanId', 'step', 'code', 'taskQueue'];

/** A line of the Temporal SDK in the same form. An error is kept by its name and code: its text may quote a document. */
export function sdkLog(level: LogLevel, message: string, meta: LogMetadata = {}): void {
  const fields = Object.fromEntries(
    SDK_FIELDS.filter((name) => name in meta).map((name) => [name, meta[name]]),
  );
  const error = meta['error'] as { name?: string; type?: string } | undefined;
  process.stdout.write(
    `${JSON.stringify({
      severity: SEVERITY[level],
      message,
      time: new Date().toISOString(),
      ...fields,
      ...(error && { error: error.type ?? error.name }),
    })}\n`,
  );
}
