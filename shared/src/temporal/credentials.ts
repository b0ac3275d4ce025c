/** What a connection to Temporal is opened with: the settings' files, read. The same for functions and worker. */

import type { Material, TemporalSettings } from './settings.ts';

/** In the form of Temporal's SDK. */
export interface TemporalCredentials {
  /** False where the server speaks no TLS: on one machine. */
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

/** Rejects as `read` does. */
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
    // Editors end a file with a newline.
    ...(apiKey && { apiKey: new TextDecoder().decode(apiKey).trim() }),
  };
}

/** Whether a connection that was opened with the one is as good as one opened with the other. */
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
