import { expect, it } from 'vitest';
import { plain } from '../../clients/terminal/paint.ts';
import { costTally } from './cost.ts';
import { tallyOf } from '../../functions/src/report/figures.ts';
import { reportLines } from './lines.ts';
import { reportPage } from './page.ts';
import type { Report } from './report.ts';
import type { ScanFacts } from '../../functions/src/report/scan-facts.ts';

const since = Date.parse('2026-11-24T00:00:00Z');
const period = { since, until: since + 86_400_000 };

function reportOf(scans: readonly ScanFacts[], projectId = 'demo-reddyfit'): Report {
  const tally = tallyOf(period, 0);
  const costs = costTally();
  for (const scan of scans) {
    tally.add(scan);
    costs.add(scan);
  }
  return { projectId, ...tally.figures(), cost: costs.cost([]), activities: [], gaps: [] };
}

const scan: ScanFacts = {
  scanId: 'scan-1',
  status: 'completed',
  createdAt: since + 1000,
  durationMs: 200_000,
  runId: 'run',
  simulated: true,
  writes: 7,
  steps: { estimation: { state: 'completed', attempt: 2, durationMs: 120_000 } },
  calls: [{ step: 'estimation', model: 'gpt-5.1', inputTokens: 5000, outputTokens: 300 }],
};

it('the page says what the lines say', () => {
  const report = reportOf([scan, { ...scan, scanId: 'scan-2', durationMs: 500_000 }]);
  const lines = reportLines(report, plain).join('\n');
  const page = reportPage(report);
  for (const said of ['100.0 %', '8 min 20 s', '3 min 20 s', '50.0 %', 'missed', '2 of 2 scans', 'scan-2']) {
    expect(lines).toContain(said);
    expect(page).toContain(said);
  }
});

it('the page needs nothing else: no script, nothing loaded', () => {
  const page = reportPage(reportOf([scan]));
  expect(page.match(/<svg/g)).toHaveLength(5);
  expect(page).not.toMatch(/<script|<link|<img|<iframe|src=|url\(|@import|javascript:/i);
});

it('says calmly that there was no scan', () => {
  const report = reportOf([]);
  expect(reportLines(report, plain)).toContain('There was no scan in this time.');
  expect(reportPage(report)).toContain('There was no scan in this time.');
  expect(reportPage(report)).not.toContain('<svg');
});

it('calls the pace of a short time a pace', () => {
  const report = reportOf([scan]);
  const short = { ...report, period: { ...report.period, days: 0.01 } };
  expect(reportLines(report, plain).join('\n')).not.toContain('at this pace');
  expect(reportLines(short, plain).join('\n')).toContain('at this pace');
  expect(reportPage(short)).toContain('at this pace');
});

it('takes text for text', () => {
  expect(reportPage(reportOf([], 'a<b>"&'))).toContain('a&lt;b&gt;&quot;&amp;');
});

it('draws a scan that failed, and one that still runs', () => {
  const failed = { ...scan, status: 'failed', errorCode: 'ModelUnavailableError', calls: [] } as const;
  const page = reportPage(reportOf([failed, { ...failed, status: 'processing' }]));
  expect(page).toContain('1 failed');
  expect(page).toContain('1 processing');
  expect(page).toContain('ModelUnavailableError');
});
