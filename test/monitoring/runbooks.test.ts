/**
 * The runbooks: one page for each alert, all of the same form. The files, metrics, settings and log lines that they name
 * exist.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { METRICS } from '../../worker/src/platform/telemetry/metrics.ts';
import { alertsOf, ruleFiles } from '../../local/monitoring/rule-files.ts';
import { repositoryRoot } from '../../repository.ts';

/** Files that read settings or write log lines. A name in capitals or a log message on a page must occur in one of them. */
const sources = [
  'worker/src/env.ts',
  'functions/src/platform/params.ts',
  'functions/src/platform/logs.ts',
  'shared/src/temporal/settings.ts',
  'worker/src/run-worker.ts',
  'worker/src/platform/run-together.ts',
  'worker/src/scan/step-activity.ts',
  'worker/src/push/fcm-push.ts',
  'worker/src/webhooks/record-delivery.ts',
]
  .map((path) => readFileSync(join(repositoryRoot, path), 'utf8'))
  .join('\n');

/** Metrics outside the worker's catalogue. */
const OTHERS = ['temporal_worker_task_slots_available'];

const { scripts } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

const dir = join(repositoryRoot, 'docs/runbooks');
const pages = readdirSync(dir).filter((page) => page !== 'README.md');

it('every alert has its runbook, and every runbook its alert', () => {
  const alerts = alertsOf(ruleFiles()).map(({ alert }) => `${alert}.md`);
  expect(pages.sort()).toEqual(alerts.sort());
});

describe.each(pages)('%s', (page) => {
  const text = readFileSync(join(dir, page), 'utf8');

  it('says what it means, what to look at and what to do', () => {
    expect(text.match(/^#+ .+$/gm)).toEqual([
      `# ${page.replace('.md', '')}`,
      '## What it means',
      '## What to look at',
      '## What to do',
    ]);
  });

  it('links files that exist', () => {
    const links = [...text.matchAll(/\]\((?!https:)([^)#]+)[^)]*\)/g)].map(([, link]) => link!);
    expect(links.filter((link) => !existsSync(join(dir, link)))).toEqual([]);
  });

  it('names scripts that exist', () => {
    const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, script]) => script!);
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });

  it('names metrics that exist', () => {
    const known = [...OTHERS, ...Object.values(METRICS).map(({ prometheus }) => prometheus)];
    const named = text.match(/\b(reddyfit|gen_ai|temporal)_\w+/g) ?? [];
    expect(named.filter((name) => !known.includes(name.replace(/_(bucket|count|sum)$/, '')))).toEqual([]);
  });

  it('names settings and log lines that exist', () => {
    // RESOURCE_EXHAUSTED is Firestore's own error, and no setting.
    const settings = [...text.matchAll(/`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?:=[^`]*)?`/g)].map(
      ([, name]) => name!,
    );
    const messages = [...text.matchAll(/jsonPayload\.message=\(?"([^"]+)"(?: OR "([^"]+)")?/g)].flatMap(
      (found) => found.slice(1).filter((message) => message !== undefined),
    );
    const unknown = [...settings, ...messages].filter(
      (name) => name !== 'RESOURCE_EXHAUSTED' && !sources.includes(name),
    );
    expect(unknown).toEqual([]);
  });
});
