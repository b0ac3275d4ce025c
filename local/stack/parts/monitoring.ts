/** Prometheus and Alertmanager, with the rules and routes of deploy/monitoring. */

import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderAlertmanager, renderPrometheus, renderRules } from '../../monitoring/render.ts';
import type { MonitoringServers } from '../../provision/provision.ts';
import { loopback } from '../ports.ts';
import { answersOk, untilReady } from '../ready.ts';
import type { Starting } from '../starting.ts';

export interface MonitoringOptions {
  /** Factor for the windows of all rules and for the scrape and evaluation intervals; default 1. */
  readonly windows?: number;
  /** URL of a server that accepts pages as PagerDuty's Events API v2 does. By default nobody is notified. */
  readonly pagerDutyUrl?: string;
}

export interface Monitoring {
  /** http URLs. */
  readonly prometheus: string;
  readonly alertmanager: string;
  /** Makes Prometheus scrape exactly these workers from now on: `http://host:port/metrics`. */
  watch(workers: readonly string[]): void;
}

/**
 * Starts Prometheus and Alertmanager and resolves when both answer. They keep their data in the instance's `monitoring/`
 * folder, which is emptied at every start, as the scans are.
 */
export async function startMonitoring(
  { dir, run, signal }: Pick<Starting, 'dir' | 'run' | 'signal'>,
  servers: MonitoringServers,
  ports: { readonly prometheus: number; readonly alertmanager: number },
  { windows = 1, pagerDutyUrl }: MonitoringOptions = {},
): Promise<Monitoring> {
  const folder = join(dir, 'monitoring');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'rules'), { recursive: true });
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const [prometheus, alertmanager] = [loopback(ports.prometheus), loopback(ports.alertmanager)];

  for (const [name, text] of Object.entries(renderRules(windows))) write(join('rules', name), text);
  write('prometheus.yaml', renderPrometheus({ alertmanager, factor: windows }));
  const routingKeyFile = join(folder, 'pagerduty-routing-key');
  writeFileSync(routingKeyFile, 'local');
  const pager = pagerDutyUrl === undefined ? undefined : { url: pagerDutyUrl, routingKeyFile };
  write('alertmanager.yaml', renderAlertmanager({ factor: windows, pager }));
  const watch = (workers: readonly string[]) => {
    // Prometheus reads the file as soon as it changes; the rename keeps it from reading a half-written file.
    write('workers.json.draft', JSON.stringify([{ targets: workers.map((url) => new URL(url).host) }]));
    renameSync(join(folder, 'workers.json.draft'), join(folder, 'workers.json'));
  };
  watch([]);

  const children = await Promise.all([
    run({
      name: 'prometheus',
      command: servers.prometheus,
      args: [
        `--config.file=${join(folder, 'prometheus.yaml')}`,
        `--storage.tsdb.path=${join(folder, 'prometheus')}`,
        `--web.listen-address=${prometheus}`,
        // By default pages of every site may read what it knows.
        String.raw`--web.cors.origin=http://(127\.0\.0\.1|localhost)(:\d+)?`,
        '--log.level=warn',
      ],
    }),
    run({
      name: 'alertmanager',
      command: servers.alertmanager,
      args: [
        `--config.file=${join(folder, 'alertmanager.yaml')}`,
        `--storage.path=${join(folder, 'alertmanager')}`,
        `--web.listen-address=${alertmanager}`,
        // There is only one Alertmanager; without this option it listens on another port for cluster peers.
        '--cluster.listen-address=',
        '--log.level=warn',
      ],
    }),
  ]);
  const addresses = [`http://${prometheus}`, `http://${alertmanager}`] as const;
  await Promise.all(
    children.map((child, index) => untilReady(child, () => answersOk(`${addresses[index]}/-/ready`), signal)),
  );
  return { prometheus: addresses[0], alertmanager: addresses[1], watch };
}
