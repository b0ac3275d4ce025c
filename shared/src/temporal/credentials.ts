/**
 * The credentials of a connection to Temporal, read from the files that the settings name. Functions and worker
 * share this code.
 */

import type { Material, TemporalSettings } from './settings.ts';

/** Credentials in the form that Temporal's SDK takes. */
export interface TemporalCredentials {
  /** False where the server speaks no TLS, as on a single development machine. */
  tls:
    | false
    | {
        serverRootCACertificate?: Uint8Array;
        clientCertPair?: { crt: Uint8Array; key: Uint8Array };
      };
  apiKey?: string;
}

/** Reads a file; rejects when it cannot. */
type Read = (path: string) => Promise<Uint8Array>;

/**
 * Reads what the settings name. `tls` is false when they have neither a proof nor an authority. Rejects when
 * `read` does.
 */
export async function temporalCredentials(
  { proof, serverCa }: Pick<TemporalSettings, 'proof' | 'serverCa'>,
  read: Read,
): Promise<TemporalCredentials> {
  if (!proof && !serverCa) return { tls: false };
  const bytesOf = (material: Material) =>
    'path' in material ? read(material.path) : Promise.resolve(new TextEncoder().encode(material.text));
  const certificate = proof?.kind === 'certificate' ? proof : undefined;
  const [ca, crt, key, apiKey] = await Promise.all([
    serverCa && bytesOf(serverCa),
    certificate && bytesOf(certificate.certificate),
    certificate && bytesOf(certificate.key),
    proof?.kind === 'api-key' ? bytesOf(proof.key) : undefined,
  ]);
  return {
    tls: {
      ...(ca && { serverRootCACertificate: ca }),
      ...(crt && key && { clientCertPair: { crt, key } }),
    },
    // A text editor may have ended the file with a newline.
    ...(apiKey && { apiKey: new TextDecoder().decode(apiKey).trim() }),
  };
}

/**
 * True when both hold the same keys and certificates, so that a connection opened with one need not be opened
 * anew.
 */
export function sameCredentials(one: TemporalCredentials, other: TemporalCredentials): boolean {
  if (!one.tls || !other.tls) return one.tls === other.tls;
  return (
    one.apiKey === other.apiKey &&
    sameBytes(one.tls.serverRootCACertificate, other.tls.serverRootCACertificate) &&
    sameBytes(one.tls.clientCertPair?.crt, other.tls.clientCertPair?.crt) &&
    sameBytes(one.tls.clientCertPair?.key, other.tls.clientCertPair?.key)
  );
}

function sameBytes(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  if (!one || !other) return one === other;
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
