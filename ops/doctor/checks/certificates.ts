/** Checks how long the certificates of the connection to Temporal remain valid: the worker's and the server's. */

import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { connect, type TLSSocket } from 'node:tls';
import { DAY_MS } from '@reddyfit/shared/durations';
import { temporalCredentials } from '@reddyfit/shared/temporal/credentials';
import type { TemporalSettings } from '@reddyfit/shared/temporal/settings';
import { type Check, type Finding, ok, problem, skipped, warning } from '../check.ts';

/** With fewer days left than SOON_DAYS a certificate should be renewed soon; with fewer than NOW_DAYS, now. */
const SOON_DAYS = 30;
const NOW_DAYS = 7;

/** How long a handshake may take (ms). */
const HANDSHAKE_MS = 8000;

export const certificates: Check = {
  name: 'certificates',
  async run({ temporal }) {
    const { tls } = await temporalCredentials(temporal, (path) => readFile(path));
    if (!tls) return skipped('Temporal is reached without TLS');
    const findings: Finding[] = [];
    const { clientCertPair: pair, serverRootCACertificate: ca } = tls;
    if (pair) {
      const ours = new X509Certificate(pair.crt);
      findings.push(expiry('ours', ours.validTo));
      if (!ours.checkPrivateKey(createPrivateKey(Buffer.from(pair.key)))) {
        findings.push(problem('ours does not belong to the key', 'Replace both files together.'));
      }
    }
    findings.push(expiry("the server's", await serverExpiry(temporal, ca, pair)));
    return findings;
  },
};

function expiry(whose: string, validTo: string): Finding {
  const days = Math.floor((Date.parse(validTo) - Date.now()) / DAY_MS);
  const day = new Date(validTo).toISOString().slice(0, 10);
  if (days < 0) return problem(`${whose} ended on ${day}`, 'Replace it: nothing connects with it.');
  const seen = `${whose} ends on ${day}, in ${days} days`;
  if (days < NOW_DAYS) return problem(seen, 'Replace it now; workers take the new files without a restart.');
  if (days < SOON_DAYS) return warning(seen, 'Replace it; workers take the new files without a restart.');
  return ok(seen);
}

/** When the server's certificate expires. The connection itself decides whether the certificate is trusted. */
async function serverExpiry(
  { address }: TemporalSettings,
  ca: Uint8Array | undefined,
  pair: { crt: Uint8Array; key: Uint8Array } | undefined,
): Promise<string> {
  const at = address.lastIndexOf(':');
  const host = address.slice(0, at).replace(/^\[|\]$/g, '');
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket: TLSSocket = connect({
    host,
    port: Number(address.slice(at + 1)),
    ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
    ALPNProtocols: ['h2'],
    rejectUnauthorized: false,
    ...(ca && { ca: Buffer.from(ca) }),
    ...(pair && { cert: Buffer.from(pair.crt), key: Buffer.from(pair.key) }),
  });
  socket.setTimeout(HANDSHAKE_MS, () => socket.destroy(new Error('the server does not speak TLS')));
  socket.once('error', reject);
  socket.once('secureConnect', () => resolve(socket.getPeerCertificate().valid_to));
  try {
    return await promise;
  } finally {
    socket.destroy();
  }
}
