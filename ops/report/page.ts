/** A report as an HTML page: one file without scripts, which loads nothing. */

import { SCAN_STATUSES } from '@reddyfit/shared/scan/statuses';
import type { Judged } from '../../functions/src/report/figures.ts';
import { attemptsPlot, costPlot, durationPlot, scansPlot, shapePlot, stepsPlot } from './plots.ts';
import type { Report } from './report.ts';
import { pageHead } from './page-head.ts';
import { costRows, number, paceName, percent, seconds, trend, verdict } from './wording.ts';

/** The whole page as HTML. */
export function reportPage(report: Report): string {
  const { projectId, period, scans } = report;
  const title = `Scans of ${escape(projectId)}`;
  return `${pageHead(title)}
<header>
<h1>${title}</h1>
<p>${time(period.since)} to ${time(period.until)} UTC</p>
</header>
${scans === 0 ? '<p class="empty">There was no scan in this time.</p>' : body(report)}
${report.gaps.map((gap) => `<p class="note">${escape(gap)}</p>`).join('\n')}
</main>
</body>
</html>
`;
}

function body(report: Report): string {
  const { simulated, scans } = report;
  return [
    goals(report),
    ...(simulated > 0
      ? [
          `<p class="note">${number(simulated)} of ${number(scans)} scans were answered by a simulated model.</p>`,
        ]
      : []),
    figure('Scans', outcomes(report), scansPlot(report)),
    figure(
      'Duration',
      'Filled: half of the scans are done. Open: 95 % are. Dashed: the goal.',
      durationPlot(report),
    ),
    ...(report.durations.length > 1
      ? [figure('How long scans take', 'Of those that completed. Dashed: 95 %.', shapePlot(report))]
      : []),
    figure(
      'Steps',
      'Dark: half of the runs are done. Light: 95 % are.',
      stepsPlot(report),
      stepsTable(report),
    ),
    figure(
      'Attempts that failed',
      key('fair', 'made again') + key('bad', 'the last') + ' Dashed: the goal.',
      attemptsPlot(report),
    ),
    errors(report),
    activities(report),
    costs(report),
  ].join('\n');
}

function goals({ successRate, duration, durationP95, retryRate, perDay, scans, period }: Report): string {
  const tile = (name: string, value: string, note: string, judged?: Judged) => {
    const said = judged ? verdict(judged) : '';
    return `<div class="tile ${said}"><h2>${name}</h2><p class="value">${value}</p><p>${note}${said && `, <b>${said}</b>`}</p></div>`;
  };
  return `<section class="tiles">
${tile('Success rate', percent(successRate.value), `goal at least ${percent(successRate.goal)}`, successRate)}
${tile('Duration, p95', seconds(durationP95.value), `goal below ${seconds(durationP95.goal)}`, durationP95)}
${tile('Duration, p50', seconds(duration.p50), `${number(duration.count)} completed`)}
${tile('Retried attempts', percent(retryRate.value), `goal below ${percent(retryRate.goal)}`, retryRate)}
${tile(paceName(period.days), number(perDay.value), trend(perDay) || `${number(scans)} in all`)}
</section>`;
}

function outcomes({ byStatus, refused }: Report): string {
  const colour = { completed: 'good', rejected: 'fair', failed: 'bad', canceled: 'quiet' } as Record<
    string,
    string
  >;
  const said = SCAN_STATUSES.filter((status) => byStatus[status] > 0).map((status) =>
    key(colour[status] ?? 'waiting', `${number(byStatus[status])} ${status}`),
  );
  return said.join('') + (refused > 0 ? ` ${number(refused)} refused before they began.` : '');
}

function stepsTable({ steps }: Report): string {
  return table(
    ['step', 'p50', 'p95', 'runs', 'failed', 'attempts', 'retried'],
    steps.map(({ step, duration, runs, errorRate, attempts, retries }) => [
      step,
      seconds(duration.p50),
      seconds(duration.p95),
      number(runs),
      percent(errorRate),
      number(attempts),
      number(retries),
    ]),
  );
}

function errors({ errors: all, slowest }: Report): string {
  const slow = table(
    ['slowest scans', 'duration'],
    slowest.map(({ scanId, seconds: taken }) => [scanId, seconds(taken)]),
  );
  const codes = table(
    ['error', 'scans'],
    all.map(({ code, scans }) => [code, number(scans)]),
  );
  return `<section class="pair">${all.length > 0 ? codes : ''}${slowest.length > 0 ? slow : ''}</section>`;
}

function activities({ activities: all, cost }: Report): string {
  if (all.length === 0) return '';
  const rows = all.map(({ activity, runs, attempts, failed }) => [
    activity,
    number(runs),
    number(attempts),
    percent(failed / runs),
  ]);
  return `<section><h2>Activities</h2><p>Those around the steps included, in ${number(cost?.temporal?.histories ?? 0)} histories.</p>${table(['activity', 'runs', 'attempts', 'failed'], rows)}</section>`;
}

function costs(report: Report): string {
  const { cost } = report;
  if (!cost) return '';
  const notes = [...cost.notes, `Prices of ${cost.pricesAsOf}: ${cost.sources.join(', ')}.`];
  return figure(
    'Cost of a scan',
    `The mean over ${number(cost.scans)} that ended, in US cents.`,
    costPlot(report),
    table(['', 'a scan takes', 'US dollars'], costRows(cost)) +
      `<ul>${notes.map((note) => `<li>${escape(note)}</li>`).join('')}</ul>`,
  );
}

/** `caption` and `more` are HTML. */
function figure(title: string, caption: string, plot: string, more = ''): string {
  return `<section><h2>${title}</h2><p>${caption}</p><div class="plot" role="img" aria-label="${title}">${plot}</div>${more}</section>`;
}

function key(colour: string, text: string): string {
  return `<span class="key"><i style="background:var(--${colour})"></i>${escape(text)}</span>`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (tag: string, row: readonly string[]) =>
    row.map((cell) => `<${tag}>${escape(cell)}</${tag}>`).join('');
  return `<table><thead><tr>${cells('th', head)}</tr></thead><tbody>${rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('')}</tbody></table>`;
}

function time(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
