/** Reads the rules of deploy/monitoring. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { repositoryRoot } from '../../repository.ts';

/** Folder of the rules, the routes and Prometheus' own configuration. */
export const monitoringDir = join(repositoryRoot, 'deploy/monitoring');

const alertRule = z.strictObject({
  alert: z.string(),
  expr: z.string(),
  /** How long the expression must hold before the alert fires, such as `5m`. */
  for: z.string().optional(),
  labels: z.strictObject({ severity: z.enum(['page', 'mail']) }),
  annotations: z.strictObject({ summary: z.string(), description: z.string(), runbook_url: z.string() }),
});

const recordingRule = z.strictObject({ record: z.string(), expr: z.string() });

const ruleFile = z.strictObject({
  groups: z.array(z.strictObject({ name: z.string(), rules: z.array(z.union([alertRule, recordingRule])) })),
});

export type AlertRule = z.infer<typeof alertRule>;
export type RuleFile = z.infer<typeof ruleFile>;

/** Every rule file by its name. Throws for a file that does not match the schemas above. */
export function ruleFiles(): Record<string, RuleFile> {
  const dir = join(monitoringDir, 'rules');
  return Object.fromEntries(
    readdirSync(dir).map((name) => [name, ruleFile.parse(parse(readFileSync(join(dir, name), 'utf8')))]),
  );
}

/** Every rule, in the order of the files. */
export function rulesOf(files: Record<string, RuleFile>) {
  return Object.values(files).flatMap(({ groups }) => groups.flatMap(({ rules }) => rules));
}

/** Every alert, in the order of the files. */
export function alertsOf(files: Record<string, RuleFile>): AlertRule[] {
  return rulesOf(files).filter((rule): rule is AlertRule => 'alert' in rule);
}
