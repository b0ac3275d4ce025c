/**
 * Error codes at the operator's desk. Some codes tell by themselves what a profile says about a body, above all a pregnancy.
 * The desk shows no health data without a reveal, so it shows all of these as one code.
 */

import { ERROR_CODES, type ErrorCode } from '../errors.ts';

const OF_THE_BODY: readonly string[] = [
  'AgeNotAllowedError',
  'MeasuresImplausibleError',
  'NoBodyFatError',
] satisfies ErrorCode[];

/** The code that the desk shows for a refusal because of what the profile says about the body. */
const BODY_REFUSED = 'BodyRefusedError';

/** The codes that the desk shows, and by which it finds scans. */
export const DESK_ERROR_CODES: [string, ...string[]] = [
  BODY_REFUSED,
  ...ERROR_CODES.filter((code) => !OF_THE_BODY.includes(code)),
];

/** The code that the desk shows for a document's code. */
export const deskCode = (code: string): string => (OF_THE_BODY.includes(code) ? BODY_REFUSED : code);

/** The codes of documents that the desk shows as `code`; one or more. */
export const codesBehind = (code: string): readonly string[] =>
  code === BODY_REFUSED ? OF_THE_BODY : [code];

/** An audit entry's detail as the desk shows it. */
export function deskDetail<Detail extends Readonly<Record<string, unknown>>>(detail: Detail): Detail {
  return typeof detail['code'] === 'string' ? { ...detail, code: deskCode(detail['code']) } : detail;
}
