/** The routes of deploy/monitoring, checked by amtool: which receiver gets which alert, and that no secret is among them. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, inject, it } from 'vitest';
import { parse } from 'yaml';
import { alertsOf, monitoringDir, ruleFiles } from '../../local/monitoring/rule-files.ts';

/** Rejects with all output of amtool when it finds a fault. */
const amtool = (...args: string[]) => execa(inject('amtool'), args, { cwd: monitoringDir, all: true });

/** The receivers that an alert with these labels goes to. */
async function receivers(labels: Record<string, string>): Promise<string> {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${value}`);
  const { stdout } = await amtool('config', 'routes', 'test', '--config.file=alertmanager.yaml', ...pairs);
  return stdout;
}

const alerts = alertsOf(ruleFiles());
const text = readFileSync(join(monitoringDir, 'alertmanager.yaml'), 'utf8');

it('Alertmanager accepts its configuration', async () => {
  const { all } = await amtool('check-config', 'alertmanager.yaml');
  expect(all).toContain('2 receivers');
});

it('what users suffer from calls, the rest writes', async () => {
  const told = await Promise.all(
    alerts.map(
      async ({ alert, labels }) => [alert, await receivers({ alertname: alert, ...labels })] as const,
    ),
  );
  expect(Object.fromEntries(told)).toEqual({
    ScanFailureRate: 'pagerduty',
    NoWorkerPolling: 'pagerduty',
    QueueWait: 'pagerduty',
    AuditChainBroken: 'pagerduty',
    ModelSpendRunaway: 'pagerduty',
    ScanFailureRateSlow: 'mail',
    ScanDuration: 'mail',
    WorkerUnreachable: 'mail',
    ScanStartSlow: 'mail',
    StatusWriteLag: 'mail',
    SweeperLate: 'mail',
    ArchiveLate: 'mail',
    AuditVerificationLate: 'mail',
    AccountsUnbalanced: 'mail',
    WebhookDeadLetters: 'mail',
    PushFailures: 'mail',
    ModelSpend: 'mail',
    ModelErrors: 'mail',
  });
});

it('an alert without a known severity is written about rather than lost', async () => {
  expect(await receivers({ alertname: 'SomethingNew' })).toBe('mail');
});

it('one alert holds back others only where both exist', () => {
  const { inhibit_rules: rules } = parse(text) as {
    inhibit_rules: { source_matchers: string[]; target_matchers: string[] }[];
  };
  const named = rules.flatMap(({ source_matchers, target_matchers }) =>
    [...source_matchers, ...target_matchers].flatMap((matcher) =>
      /^alertname=~?"(.+)"$/.exec(matcher)![1]!.split('|'),
    ),
  );
  const known = new Set(alerts.map(({ alert }) => alert));
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});

it('a secret comes from a file, which Alertmanager finds wherever it is started', () => {
  const secrets = text.match(/^\s*(?:- )?\w*(password|key|secret|token|credentials)\w*:.*$/gim) ?? [];
  expect(secrets).toHaveLength(2);
  for (const line of secrets) expect(line).toMatch(/_file: \/etc\/alertmanager\/secrets\//);
});
