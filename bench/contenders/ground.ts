/** What all engines of the bench stand on: one Firestore emulator, one stand-in for the model, one folder for data. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { getFirestore } from 'firebase-admin/firestore';
import { provisionStack } from '../../local/provision/provision.ts';
import { freePort, loopback } from '../../local/stack/ports.ts';
import { openProcessTree } from '../../local/stack/process-tree.ts';
import { answersOk, untilReady } from '../../local/stack/ready.ts';
import type { Ground } from './contender.ts';
import type { Bench } from './measure.ts';
import { startModel } from './model.ts';

/** The instance whose folder has the logs. */
export const INSTANCE = 'engines';

/** What the names of the folders for data begin with. */
export const DATA = 'reddyfit-engines-';

const PROJECT = 'demo-reddyfit-engines';

/** Workers end before the servers that they talk to. */
const STOP_STAGES = [
  { members: /^worker-/, graceMs: 10_000 },
  { members: /./, graceMs: 15_000 },
];

export interface OpenGround extends Ground, Bench {
  /** Ends all processes and removes what they wrote, except their logs. */
  close(): Promise<void>;
}

export async function openGround(stop: AbortSignal): Promise<OpenGround> {
  // Google's clients read it; without it each waits seconds for a metadata server.
  process.env['METADATA_SERVER_DETECTION'] = 'none';
  const tree = await openProcessTree(INSTANCE, STOP_STAGES, stop);
  const data = mkdtempSync(join(tmpdir(), DATA));
  const removeData = () => rmSync(data, { recursive: true, force: true });
  process.once('exit', removeData);
  try {
    const { firestore, temporal } = await provisionStack({ signal: tree.signal });
    if (!firestore) throw new Error('this bench runs on hidane: unset FIRESTORE_EMULATOR');
    const port = await freePort();
    const emulator = await tree.run({
      name: 'firestore',
      command: firestore,
      args: ['--host', '127.0.0.1', '--port', String(port)],
    });
    await untilReady(emulator, () => answersOk(`http://${loopback(port)}/`), tree.signal);
    const model = await startModel();
    const app = initializeApp({ projectId: PROJECT }, INSTANCE);
    const db = getFirestore(app);
    db.settings({ host: loopback(port), ssl: false });
    return {
      tree,
      data,
      temporal,
      db,
      model,
      env: {
        MODEL_URL: model.url,
        GOOGLE_CLOUD_PROJECT: PROJECT,
        FIRESTORE_EMULATOR_HOST: loopback(port),
      },
      async close() {
        await tree.end();
        await model.stop();
        await db.terminate();
        await deleteApp(app);
        removeData();
      },
    };
  } catch (error) {
    await tree.end();
    removeData();
    throw error;
  }
}
