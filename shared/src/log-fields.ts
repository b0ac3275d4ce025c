/** The last guard of every log: what a line may say beside its message, whoever calls it. */

/** Names of health data, of persons and of secrets. */
const FORBIDDEN =
  /weight|height|birth|bodyfat|leanmass|fatmass|^age(years)?$|^sex$|email|phone|photo|token|secret|password|url$|(display|user|first|last)name$/i;

/** What identifies or names a code: one word, so an id, a path of ours, a time; no address, no e-mail address, no quote. */
const WORD = /^(?!.*:\/\/)[\w.:/<>-]{0,256}$/;

/** A reason as our own code words it: a few small words. A person's name is written with capitals, a measurement with digits. */
const REASON = /^[a-z]{1,16}(?: [a-z]{1,16}){1,5}$/;

/** Errors by their class, each with its code, and what caused them: `ServiceError <- Error (14)`. */
const ERROR = String.raw`[A-Za-z]{0,60}(?:Error|Failure|Exception)(?: \((?:[a-z][\w/-]*|[A-Z][A-Z0-9_]*|\d{1,3})\))?|[A-Za-z]\w{0,80}`;
const ERRORS = new RegExp(`^(?:${ERROR})(?: <- (?:${ERROR})){0,8}$`);

const SAFE = [WORD, REASON, ERRORS];

export const REDACTED = '[redacted]';

export type LogValue = string | number | boolean | undefined;

/** The fields without those whose name is forbidden, and with `[redacted]` in place of text that could be somebody's. */
export function safeLogFields(fields: Readonly<Record<string, unknown>>): Record<string, LogValue> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]): [string, LogValue][] => {
      if (FORBIDDEN.test(name) || value === undefined || value === null) return [];
      if (typeof value === 'number' || typeof value === 'boolean') return [[name, value]];
      return [[name, typeof value === 'string' && SAFE.some((form) => form.test(value)) ? value : REDACTED]];
    }),
  );
}

/**
 * An error by its name and code, and so what caused it, as `safeLogFields` lets it through: `ServiceError <- Error (14)`. Its text may quote
 * what it was about.
 */
export function errorName(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { code, status, cause } = error as { code?: unknown; status?: unknown; cause?: unknown };
  const known = code ?? status;
  const caused = cause instanceof Error ? ` <- ${errorName(cause)}` : '';
  return `${error.name}${known === undefined ? '' : ` (${String(known)})`}${caused}`;
}

/**
 * How Cloud Logging is told of the trace that a line belongs to, see "Special fields in structured payloads" there. `projectId` is
 * the Google Cloud project whose traces these are.
 */
export function traceLogFields(
  projectId: string,
  span: { traceId: string; spanId: string; traceFlags: number },
): Record<string, string | boolean> {
  return {
    'logging.googleapis.com/trace': `projects/${projectId}/traces/${span.traceId}`,
    'logging.googleapis.com/spanId': span.spanId,
    'logging.googleapis.com/trace_sampled': (span.traceFlags & 1) === 1,
  };
}
