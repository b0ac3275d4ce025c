/** The seed's workflow on DBOS Transact and Postgres. */

import { freePort } from '../../local/stack/ports.ts';
import type { Contender, Ground } from './contender.ts';
import { startPostgres } from './postgres.ts';
import { startWorkerFile } from './processes.ts';

const WORKER = 'bench/engines/dbos.ts';

export async function startDbos(ground: Ground): Promise<Contender> {
  const { server, url } = await startPostgres(ground);
  const port = await freePort();
  return {
    name: 'DBOS',
    settings: { tuned: 'as it comes' },
    files: [WORKER],
    server,
    startWorker: () =>
      startWorkerFile(ground, 'worker-dbos', WORKER, {
        PORT: String(port),
        DBOS_SYSTEM_DATABASE_URL: `${url}/dbos`,
      }),
    async start(scanId) {
      const { ok, status } = await fetch(`http://127.0.0.1:${port}/${scanId}`, { method: 'POST' });
      if (!ok) throw new Error(`the worker on DBOS answered ${status}`);
    },
    close: async () => undefined,
  };
}
