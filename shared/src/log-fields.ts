/** The last filter of every log: which fields a line may have besides its message, whoever writes the line. */

/** Names of health data, of persons and of secrets. */
const FORBIDDEN =
  /weight|height|birth|bodyfat|leanmass|fatmass|^age(years)?$|^sex$|email|phone|photo|token|secret|password|url$|(display|user|first|last)name$/i;

/** A single word: an id, a code's name, a path of the database, a time. URLs, e-mail addresses and quotations do not match. */
const WORD = /^(?!.*:\/\/)[\w.:/<>-]{0,256}$/;

/**
 * A reason in the words of this code: 2 to 6 words in lower case. A person's name has capitals and a measurement has digits, so
 * neither matches.
 */
const REASON = /^[a-z]{1,16}(?: [a-z]{1,16}){1,5}$/;

/** An error's class, with its code where it has one, followed by the errors that caused it: `ServiceError <- Error (14)`. */
const ERROR = String.raw`[A-Za-z]{0,60}(?:Error|Failure|Exception)(?: \((?:[a-z][\w/-]*|[A-Z][A-Z0-9_]*|\d{1,3})\))?|[A-Za-z]\w{0,80}`;
const ERRORS = new RegExp(`^(?:${ERROR})(?: <- (?:${ERROR})){0,8}$`);

const SAFE = [WORD, REASON, ERRORS];

export const REDACTED = '[redacted]';

export type LogValue = string | number | boolean | undefined;

/** The fields without those whose name is forbidden. Text that may be about a person is replaced by `[redacted]`. */
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
 * Names an error and what caused it by class and code, in the form that `safeLogFields` lets through: `ServiceError <- Error
 * (14)`. The error's message is left out, since it may quote user data.
 */
export function errorName(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { code, status, cause } = error as { code?: unknown; status?: unknown; cause?: unknown };
  const known = code ?? status;
  const caused = cause instanceof Error ? ` <- ${errorName(cause)}` : '';
  return `${error.name}${known === undefined ? '' : ` (${String(known)})`}${caused}`;
}

/**
 * The fields by which Cloud Logging knows the trace of a line; see "Special fields in structured payloads" in its
 * documentation. `projectId` is the Google Cloud project that has the traces.
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
