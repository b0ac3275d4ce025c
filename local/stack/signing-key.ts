/** A service-account key made on this machine, good for signing upload URLs for the local Storage server only. */

import { generateKeyPairSync } from 'node:crypto';
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Path of the instance's key file; made on first use. */
export function signingKeyFile(dir: string, projectId: string): string {
  const path = join(dir, 'signing-key.json');
  if (existsSync(path)) return path;
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const key = {
    type: 'service_account',
    project_id: projectId,
    private_key_id: 'local',
    private_key: privateKey,
    client_email: `local@${projectId}.iam.gserviceaccount.com`,
    client_id: '0',
    token_uri: 'http://127.0.0.1:9/no-token-is-fetched-locally',
  };
  writeFileSync(`${path}.draft`, JSON.stringify(key, null, 2), { mode: 0o600 });
  renameSync(`${path}.draft`, path);
  return path;
}
