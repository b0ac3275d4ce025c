/**
 * `npm run record-histories`: runs one scan for every way in which a scan can go, on a stack of its own, and writes what
 * Temporal kept of each to worker/test/histories/, decrypted, for the replay test. Names of scenarios after it: only these.
 */

import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Client, Connection } from '@temporalio/client';
import { openScans } from './histories/scans.ts';
import { plainHistory } from './histories/plain-history.ts';
import { SCENARIOS } from './histories/scenarios.ts';
import { localDataConverter } from './stack/local-codec.ts';
import { instanceDir, repositoryRoot } from './stack/stack-file.ts';
import { interruption } from './stack/interruption.ts';
import { startStack } from './stack/start-stack.ts';

const INSTANCE = 'histories';
const FOLDER = join(repositoryRoot, 'worker/test/histories');

const only = process.argv.slice(2);

const say = (line: string) => void process.stdout.write(`${line}\n`);

const interrupted = interruption(instanceDir(INSTANCE), () => say('Stopping'));
// A collector that takes everything, so that the scans are traced.
const collector = createServer((request, response) => request.resume().on('end', () => response.end('{}')));
collector.listen(0, '127.0.0.1');
await once(collector, 'listening');
const stack = await startStack({
  instance: INSTANCE,
  visualEstimate: 'model',
  otlpEndpoint: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
  signal: interrupted.signal,
});
try {
  const { temporal, temporalNamespace: namespace } = stack.addresses;
  const connection = await Connection.connect({ address: temporal });
  const client = new Client({ connection, namespace, dataConverter: localDataConverter });
  const scans = await openScans(stack, client);
  const written = new Set<string>();
  try {
    mkdirSync(FOLDER, { recursive: true });
    for (const { name, run } of SCENARIOS) {
      if (only.length > 0 && !only.includes(name)) continue;
      const workflowId = await run(scans);
      const handle = client.workflow.getHandle(workflowId);
      await handle.result();
      const json = await plainHistory(workflowId, await handle.fetchHistory());
      const zipped = gzipSync(json, { level: 9 });
      writeFileSync(join(FOLDER, `${name}.json.gz`), zipped);
      written.add(`${name}.json.gz`);
      say(`${name.padEnd(24)}${String(Math.ceil(zipped.length / 1024)).padStart(4)} KiB`);
    }
  } finally {
    await scans.close();
    await connection.close();
  }
  // Of ways that no scenario goes any more.
  if (only.length === 0) {
    for (const name of readdirSync(FOLDER)) if (!written.has(name)) rmSync(join(FOLDER, name));
  }
} finally {
  await stack.stop();
  collector.closeAllConnections();
  collector.close();
  interrupted.dispose();
}
