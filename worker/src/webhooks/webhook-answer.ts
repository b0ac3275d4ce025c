/** Reduces a receiver's answer to what is kept: one line of plain text, without what could be a secret. */

/** Bytes of the answer that are read: enough for the kept characters in any script. */
const LOOKED_AT_BYTES = 2048;

/** Characters (UTF-16) that are kept. */
const KEPT = 256;

/** Secrets that a receiver may echo: webhook secrets, signatures, and the receiver's own bearer or basic credentials. */
const SECRETS =
  /whsec_[A-Za-z0-9+/=_-]+|v1a?,[A-Za-z0-9+/=]{20,}|\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi;

/** The first bytes of an answer, safe to show and to store. */
export function plainAnswer(bytes: Buffer): string {
  return bytes
    .subarray(0, LOOKED_AT_BYTES)
    .toString('utf8')
    .replace(SECRETS, '[redacted]')
    .replace(/[\p{C}\p{Z}\uFFFD]+/gu, ' ')
    .trim()
    .slice(0, KEPT)
    .toWellFormed();
}
