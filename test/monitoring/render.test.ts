/** The configuration of a local stack and of a drill is made from deploy/monitoring itself. */

import { expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  renderAlertmanager,
  renderPrometheus,
  renderRules,
  scaled,
  scaledExpression,
} from '../../local/monitoring/render.ts';
import { alertsOf, ruleFiles } from '../../local/monitoring/rule-files.ts';

it.each([
  ['5m', 1 / 30, '10000ms'],
  ['1h30m', 1 / 60, '90000ms'],
  ['15s', 1 / 60, '1000ms'],
  ['0s', 1 / 60, '0s'],
])('%s at a factor of %f is %s', (duration, factor, expected) => {
  expect(scaled(duration, factor)).toBe(expected);
});

it('an expression keeps all but its windows', () => {
  const expression = 'sum(increase(a_total{le="60"}[15m])) / 60 > 5 and count(up offset 1h)';
  expect(scaledExpression(expression, 1 / 30)).toBe(
    'sum(increase(a_total{le="60"}[30000ms])) / 60 > 5 and count(up offset 120000ms)',
  );
});

it('at their own pace the rules are what they were', () => {
  const rendered = Object.values(renderRules(1)).flatMap((text) => alertsOf({ file: parse(text) }));
  const inMs = (text: string) => scaledExpression(text, 1);
  expect(
    rendered.map(({ alert, expr, labels, annotations }) => ({
      alert,
      expr: inMs(expr),
      labels,
      annotations,
    })),
  ).toEqual(
    alertsOf(ruleFiles()).map(({ alert, expr, labels, annotations }) => ({
      alert,
      expr: inMs(expr),
      labels,
      annotations,
    })),
  );
});

it('a local stack tells nobody, by the same routes', () => {
  const config = parse(renderAlertmanager({ factor: 1 })) as {
    receivers: unknown[];
    route: { routes: unknown[] };
  };
  expect(config.receivers).toEqual([{ name: 'pagerduty' }, { name: 'mail' }]);
  expect(config.route.routes).toHaveLength(2);
});

it('a drill pages where it is told to', () => {
  const text = renderAlertmanager({
    factor: 1,
    pager: { url: 'http://127.0.0.1:1/v2/enqueue', routingKeyFile: '/key' },
  });
  expect(text).toContain('url: http://127.0.0.1:1/v2/enqueue');
  expect(text).toContain('routing_key_file: /key');
  expect(text).not.toContain('smtp');
});

it('Prometheus finds its Alertmanager, and links pages that are there', () => {
  const text = renderPrometheus({ alertmanager: '127.0.0.1:9999', factor: 1 });
  expect(text).toContain('127.0.0.1:9999');
  expect(text).toMatch(/runbooks: \/.*docs\/runbooks/);
});
