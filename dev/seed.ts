/** Makes emulator-data/: starts Firestore and Auth emulators of its own, writes the seed and exports both. */

import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { cacheDir } from './provision/cache.ts';
import { findServer } from './provision/find.ts';
import { installServer } from './provision/install.ts';
import { hidane } from './provision/servers.ts';
import { reservePorts } from './stack/ports.ts';
import { repositoryRoot } from './stack/stack-file.ts';
import { people } from './seed/people.ts';

/** The default instance's project, whose bucket the seeded scans name; another project imports the data as well. */
const PROJECT_ID = 'demo-reddyfit';
const target = join(repositoryRoot, 'emulator-data');

const at = (port: number) => ({ host: '127.0.0.1', port });

const firestoreEmulator = findServer(hidane) ?? (await installServer(hidane, { cache: cacheDir() }));
const work = mkdtempSync(join(tmpdir(), 'reddyfit-seed-'));
const { ports, release } = await reservePorts({
  firestore: 18_080,
  websocket: 19_150,
  auth: 19_099,
  hub: 14_400,
  logging: 14_500,
});
try {
  const config = join(work, 'firebase.json');
  writeFileSync(
    config,
    JSON.stringify({
      emulators: {
        firestore: { ...at(ports.firestore), websocketPort: ports.websocket },
        auth: at(ports.auth),
        hub: at(ports.hub),
        logging: at(ports.logging),
        ui: { enabled: false },
      },
    }),
  );
  const exported = join(work, 'export');
  mkdirSync(exported);
  const firebase = createRequire(import.meta.url).resolve('firebase-tools/lib/bin/firebase.js');
  const write = `"${process.execPath}" "${join(import.meta.dirname, 'seed/write.ts')}"`;
  const emulators = [process.execPath, firebase, 'emulators:exec', '--non-interactive', '--config', config];
  const options = ['--project', PROJECT_ID, '--only', 'firestore,auth', '--export-on-exit', exported];
  await execa(firestoreEmulator, ['exec', '--', ...emulators, ...options, write], {
    cwd: work,
    stdio: 'inherit',
    env: { METADATA_SERVER_DETECTION: 'none', NO_UPDATE_NOTIFIER: '1' },
  });
  fixAccountTimes(join(exported, 'auth_export/accounts.json'));
  rmSync(target, { recursive: true, force: true });
  renameSync(exported, target);
} finally {
  rmSync(work, { recursive: true, force: true });
  release();
}
process.stdout.write(`wrote ${target}\n`);

/** The emulator stamps an account with the time of its import; here it keeps the time that it was seeded with. */
function fixAccountTimes(path: string): void {
  const accounts = JSON.parse(readFileSync(path, 'utf8')) as { users: Record<string, unknown>[] };
  for (const user of accounts.users) {
    const joinedMs = people.find(({ uid }) => uid === user.localId)!.joinedAt.getTime();
    user.passwordUpdatedAt = joinedMs;
    user.validSince = String(joinedMs / 1000);
  }
  writeFileSync(path, `${JSON.stringify(accounts, null, 2)}\n`);
}
