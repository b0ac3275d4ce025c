/**
 * The worker's log: JSON lines with Cloud Logging's fields. They hold ids and codes only; never a measurement, a name,
 * a URL or a key.
 */

import { trace } from '@opentelemetry/api';
import { type LogValue, safeLogFields, traceLogFields } from '@reddyfit/shared/log-fields';
import type { LogLevel, LogMetadata } from '@temporalio/worker';
import { activeScanId } from './telemetry/active-scan.ts';

const SEVERITY: Record<LogLevel, string> = {
  TRACE: 'DEBUG',
  DEBUG: 'DEBUG',
  INFO: 'INFO',
  WARN: 'WARNING',
  ERROR: 'ERROR',
};

/** Fields of a log line beside its message. */
export type LogFields = Record<string, LogValue>;

/** The Google Cloud project to which the traces of the log lines belong. */
let traceProject: string | undefined;

/** From this call on, log lines name their trace as one of this project. */
export function traceLogsTo(projectId: string): void {
  traceProject = projectId;
}

/** Writes one line to stdout, with the scan and the trace of the running activity when there are any. */
export function log(severity: 'INFO' | 'WARNING' | 'ERROR', message: string, fields: LogFields = {}): void {
  write(severity, message, fields);
}

function write(severity: string, message: string, fields: Record<string, unknown>): void {
  const scanId = fields['scanId'] ?? activeScanId() ?? undefined;
  const span = trace.getActiveSpan()?.spanContext();
  const line = {
    severity,
    message,
    time: new Date().toISOString(),
    ...safeLogFields({ ...fields, scanId }),
    ...(span && traceProject && traceLogFields(traceProject, span)),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Fields of the SDK's log lines that are safe to keep: they name where something happened and quote nothing. */
const SDK_FIELDS = ['activityType', 'attempt', 'workflowId', 'runId', 'scanId', 'step', 'code', 'taskQueue'];

/**
 * Writes a log line of the Temporal SDK in the same form. Of an error it keeps the type or name, since the message may
 * quote a document.
 */
export function sdkLog(level: LogLevel, message: string, meta: LogMetadata = {}): void {
  const fields = Object.fromEntries(
    SDK_FIELDS.filter((name) => name in meta).map((name) => [name, meta[name]]),
  );
  const error = meta['error'] as { name?: string; type?: string } | undefined;
  write(SEVERITY[level], message, { ...fields, ...(error && { error: error.type ?? error.name }) });
}
