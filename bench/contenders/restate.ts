/** The seed's workflow on Restate's server. */

import { join } from 'node:path';
import { freePort } from '../../local/stack/ports.ts';
import { answersOk, untilReady } from '../../local/stack/ready.ts';
import type { Contender, Ground, Setting } from './contender.ts';
import { packageFolder } from './packages.ts';
import { startWorkerFile } from './processes.ts';

const WORKER = 'bench/engines/restate.ts';
const PROGRAM = '@restatedev/restate-server-linux-x64/bin/restate-server';

export async function startRestate(ground: Ground): Promise<Contender> {
  const { tree, data } = ground;
  const [port, ingress, admin, node] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const server = await tree.run({
    name: 'restate',
    command: packageFolder(PROGRAM),
    args: ['--no-logo', '--listen-mode=tcp', '--bind-ip=127.0.0.1', `--bind-port=${node}`],
    env: {
      RESTATE_BASE_DIR: join(data, 'restate'),
      RESTATE_INGRESS__BIND_PORT: String(ingress),
      RESTATE_ADMIN__BIND_PORT: String(admin),
      RESTATE_DISABLE_TELEMETRY: 'true',
      RESTATE_LOG_FILTER: 'warn',
    },
  });
  const isUp = async () =>
    (await answersOk(`http://127.0.0.1:${admin}/health`)) &&
    (await answersOk(`http://127.0.0.1:${ingress}/restate/health`));
  await untilReady(server, isUp, tree.signal);

  const post = async (url: string, body?: unknown) => {
    const response = await fetch(url, {
      method: 'POST',
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    if (!response.ok) throw new Error(`Restate answered ${response.status}: ${await response.text()}`);
  };
  let registered: Setting | undefined;
  return {
    name: 'Restate',
    settings: { tuned: 'asks again within 0.25 s', defaults: 'asks again after 0.5, 1, 2, … s' },
    files: [WORKER],
    server,
    async startWorker(setting) {
      const child = await startWorkerFile(ground, 'worker-restate', WORKER, {
        PORT: String(port),
        LONGEST_WAIT_MS: setting === 'tuned' ? '250' : '',
      });
      // The server asks a service for its settings once; a worker that comes back needs no registration.
      if (registered !== setting)
        await post(`http://127.0.0.1:${admin}/deployments`, {
          uri: `http://127.0.0.1:${port}`,
          force: true,
        });
      registered = setting;
      return child;
    },
    start: (scanId) => post(`http://127.0.0.1:${ingress}/dailyScanWorkflow/${scanId}/run/send`),
    close: async () => undefined,
  };
}
