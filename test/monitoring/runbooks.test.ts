/** The runbooks: one page per alert, each of the same form, with links to what exists. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { alertsOf, ruleFiles } from '../../dev/monitoring/rule-files.ts';
import { repositoryRoot } from '../../dev/stack/stack-file.ts';

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
});
