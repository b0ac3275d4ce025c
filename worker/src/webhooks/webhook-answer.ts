/** What is kept of a receiver's answer: one line of plain text, without what could be a secret. */

/** Bytes that are looked at: enough for what is kept in any script. */
const LOOKED_AT_BYTES = 2048;

/** Characters (UTF-16) that are kept. */
const KEPT = 256;

/** What a receiver may echo and nobody is to read: our secrets, our signatures, and its own bearer or basic credentials. */
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
