/** The files that the worker's Dockerfile takes from its base images, and where this machine has the same files. */

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface BaseImage {
  /** Files that the instructions use: path in the image → path on this machine. */
  readonly files: Readonly<Record<string, string>>;
  /** Size of the image as it is unpacked (bytes). */
  readonly bytes: number;
}

const require = createRequire(import.meta.url);

/** The version and the path of the Node that npm installs for this repository. */
const { version } = require('node/package.json') as { version: string };
const nodePath = join(dirname(require.resolve('node/package.json')), 'bin/node');

/** Where systems keep the certificate authorities that they trust. */
const AUTHORITIES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/cert.pem',
];

/** Throws for an unknown image, above all for one with another Node than the one that the suites run on. */
export function baseImage(image: string): BaseImage {
  if (image === `node:${version}-bookworm`) {
    const authorities = AUTHORITIES.find(existsSync);
    if (!authorities) throw new Error('this machine has no file of trusted authorities');
    return {
      files: { '/usr/local/bin/node': nodePath, '/etc/ssl/certs/ca-certificates.crt': authorities },
      // Only these files of the base image go into the worker's image.
      bytes: 0,
    };
  }
  // The unpacked size as Docker reports it. No file of this image is on this machine.
  if (image === 'debian:bookworm-slim') {
    return { files: {}, bytes: process.arch === 'arm64' ? 97_000_000 : 75_000_000 };
  }
  throw new Error(`${image} is not known here: Node is ${version} in package.json, Debian is bookworm-slim`);
}
