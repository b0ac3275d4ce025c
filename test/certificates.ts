/** Certificates for tests, made by openssl: certificate authorities, and the certificates that they sign. */

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Paths of PEM files. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

export interface Certificates {
  /** A certificate authority that no server or client trusts yet. */
  authority(name: string): Promise<Certificate>;
  /** A certificate for a server on 127.0.0.1 and localhost. */
  server(by: Certificate): Promise<Certificate>;
  /** A certificate for a client, valid for `days` from now; a negative number means that it expired that many days ago. */
  client(by: Certificate, days?: number): Promise<Certificate>;
  remove(): void;
}

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** Makes the certificates in a folder of their own. */
export function certificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'reddyfit-certificates-'));
  let made = 0;

  const openssl = (...args: string[]) => promisify(execFile)('openssl', args);

  async function signed(
    by: Certificate,
    subject: string,
    extensions: string,
    days: number,
  ): Promise<Certificate> {
    const path = join(folder, `${++made}-${subject}`);
    const [certificate, key, request, extra] = ['.crt', '.key', '.csr', '.ext'].map((end) => path + end) as [
      string,
      string,
      string,
      string,
    ];
    writeFileSync(extra, `${extensions}\n`);
    await openssl('req', '-new', ...KEY, '-keyout', key, '-out', request, '-subj', `/CN=${subject}`);
    const authority = ['-CA', by.certificate, '-CAkey', by.key, '-set_serial', String(made)];
    await openssl(
      'x509',
      '-req',
      '-in',
      request,
      ...authority,
      '-days',
      String(days),
      '-extfile',
      extra,
      '-out',
      certificate,
    );
    return { certificate, key };
  }

  return {
    async authority(name) {
      const path = join(folder, `${++made}-${name}`);
      const [certificate, key] = [`${path}.crt`, `${path}.key`];
      await openssl(
        'req',
        '-x509',
        ...KEY,
        '-keyout',
        key,
        '-out',
        certificate,
        '-subj',
        `/CN=${name}`,
        '-days',
        '2',
      );
      return { certificate, key };
    },
    server: (by) =>
      signed(by, 'server', 'subjectAltName=IP:127.0.0.1,DNS:localhost\nextendedKeyUsage=serverAuth', 1),
    client: (by, days = 1) => signed(by, 'client', 'extendedKeyUsage=clientAuth', days),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
