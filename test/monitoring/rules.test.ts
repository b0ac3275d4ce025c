/** The rules of deploy/monitoring: Prometheus accepts them, and promtool tries each on made-up series. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, inject, it } from 'vitest';
import { parse } from 'yaml';
import { alertsOf, monitoringDir, ruleFiles } from '../../local/monitoring/rule-files.ts';

interface RuleTest {
  rule_files: string[];
  tests: { name: string; alert_rule_test?: { alertname: string; exp_alerts: unknown[] }[] }[];
}

/** Rejects with all output of promtool when it finds a fault. */
const promtool = (...args: string[]) => execa(inject('promtool'), args, { cwd: monitoringDir, all: true });

const files = ruleFiles();
const alerts = alertsOf(files);
const testFiles = readdirSync(join(monitoringDir, 'tests'));
const tests = testFiles.map(
  (name) => parse(readFileSync(join(monitoringDir, 'tests', name), 'utf8')) as RuleTest,
);

it('Prometheus accepts its configuration and every rule', async () => {
  const config = await promtool('check', 'config', 'prometheus.yaml');
  for (const name of Object.keys(files)) expect(config.all).toContain(`rules/${name}`);
});

it.each(testFiles)('the alerts of %s fire when they should, and only then', async (name) => {
  const { all } = await promtool('test', 'rules', `tests/${name}`);
  expect(all).toMatch(/SUCCESS/);
});

describe.each(alerts.map((alert) => [alert.alert, alert] as const))('%s', (name, { annotations }) => {
  const expected = tests
    .flatMap(({ tests: each }) => each)
    .flatMap(({ alert_rule_test = [] }) => alert_rule_test)
    .filter(({ alertname }) => alertname === name)
    .map(({ exp_alerts }) => exp_alerts.length > 0);

  it('is seen firing, and seen quiet', () => {
    expect(new Set(expected)).toEqual(new Set([true, false]));
  });

  it('links its runbook', () => {
    expect(annotations.runbook_url).toBe(`{{ $externalLabels.runbooks }}/${name}.md`);
  });
});
