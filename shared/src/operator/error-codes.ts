/**
 * Error codes at the operator's desk. Some tell by themselves what a profile says of a body, a pregnancy above all, and the desk shows no health
 * data without a reveal: it shows these as one.
 */

import { ERROR_CODES, type ErrorCode } from '../errors.ts';

const OF_THE_BODY: readonly string[] = [
  'AgeNotAllowedError',
  'MeasuresImplausibleError',
  'NoBodyFatError',
] satisfies ErrorCode[];

/** What the desk calls a refusal for what the profile says of the body. */
const BODY_REFUSED = 'BodyRefusedError';

/** Codes that the desk shows, and by which it finds scans. */
export const DESK_ERROR_CODES: [string, ...string[]] = [
  BODY_REFUSED,
  ...ERROR_CODES.filter((code) => !OF_THE_BODY.includes(code)),
];

/** The code as the desk shows it. */
export const deskCode = (code: string): string => (OF_THE_BODY.includes(code) ? BODY_REFUSED : code);

/** Codes on documents that the desk shows so; one or more. */
export const codesBehind = (code: string): readonly string[] =>
  code === BODY_REFUSED ? OF_THE_BODY : [code];

/** An audit entry's detail as the desk shows it. */
export function deskDetail<Detail extends Readonly<Record<string, unknown>>>(detail: Detail): Detail {
  return typeof detail['code'] === 'string' ? { ...detail, code: deskCode(detail['code']) } : detail;
}
