/**
 * npm run report: reports from the live system how the service does: goals, trend, steps, errors, cost. Prints text or JSON,
 * or writes a page with plots.
 */

import { writeFileSync } from 'node:fs';
import { payloadEncryption } from '@reddyfit/shared/temporal/payload-encryption';
import { Command, InvalidArgumentError, Option } from 'commander';
import { wholeNumber } from './numbers.ts';
import { reportLines } from './report/lines.ts';
import { type Period, periodSince } from '../functions/src/report/period.ts';
import { makeReport } from './report/report.ts';
import { paintFor } from '../clients/terminal/paint.ts';
import { openSite, type Where, whereOptions } from './site.ts';

interface ReportOptions extends Where {
  since: Period;
  json: boolean;
  html?: string;
  histories: number;
}

const now = Date.now();

const command = new Command('npm run report --')
  .description('How the service does: success, duration, retries, trend, errors, cost.')
  .addOption(
    new Option('--since <time>', '90m, 24h, 7d, or a moment as 2026-11-01T00:00:00Z')
      .argParser(since)
      .default(since('24h'), '24h'),
  )
  .option('--json', 'print JSON', false)
  .option('--html <file>', 'write a page with plots that needs nothing else')
  .option(
    '--histories <count>',
    "how many workflows' histories to count actions in",
    wholeNumber(0, 1000),
    25,
  );
const options = whereOptions(command, 'TEMPORAL_*').parse().opts<ReportOptions>();

try {
  await main(options);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

async function main({ since: period, json, html, histories, ...where }: ReportOptions): Promise<void> {
  const site = openSite(where);
  try {
    // Histories are only counted, so their payloads stay encrypted and no key is needed.
    const temporal = site.temporal(payloadEncryption.parse({ PAYLOAD_ENCRYPTION: 'off' }));
    const sources = { projectId: site.projectId, db: site.db, temporal: temporal?.client ?? null };
    const report = await makeReport(sources, period, histories);
    if (html) {
      // Loaded only here, since the libraries of the plots take a second to load, and the text does not need them.
      const { reportPage } = await import('./report/page.ts');
      writeFileSync(html, reportPage(report));
      process.stderr.write(`${html} is written\n`);
    }
    const text = json
      ? JSON.stringify(report, null, 2)
      : reportLines(report, paintFor(process.stdout)).join('\n');
    process.stdout.write(`${text}\n`);
  } finally {
    await site.close();
  }
}

function since(text: string): Period {
  try {
    return periodSince(text, now);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}
