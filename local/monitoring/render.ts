/**
 * The configuration of deploy/monitoring, adapted to one machine: with its addresses and, for a drill, with shorter
 * windows.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { parse, stringify } from 'yaml';
import { repositoryRoot } from '../../repository.ts';
import { monitoringDir, ruleFiles } from './rule-files.ts';

/** Milliseconds of the units in which Prometheus writes durations. */
const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
};

/**
 * Multiplies a duration by `factor`: `5m` times a thirtieth is `10000ms`. The result is never shorter than a second,
 * which is how often a drill scrapes and evaluates; a duration of zero stays zero.
 */
export function scaled(duration: string, factor: number): string {
  const ms = [...duration.matchAll(/(\d+)(ms|[smhdwy])/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * UNITS[unit!]!,
    0,
  );
  if (ms === 0) return duration;
  return `${Math.max(1000, Math.round(ms * factor))}ms`;
}

/** Multiplies every range and offset of an expression by `factor`; the numbers that it compares with stay. */
export function scaledExpression(expression: string, factor: number): string {
  const found: { from: number; to: number }[] = [];
  parser.parse(expression).iterate({
    enter({ name, from, to }) {
      if (name === 'NumberDurationLiteralInDurationContext') found.push({ from, to });
    },
  });
  return found.reduceRight(
    (text, { from, to }) => text.slice(0, from) + scaled(text.slice(from, to), factor) + text.slice(to),
    expression,
  );
}

/** The text of every rule file by its name, with its windows multiplied by `factor`. */
export function renderRules(factor: number): Record<string, string> {
  return Object.fromEntries(
    Object.entries(ruleFiles()).map(([name, { groups }]) => [
      name,
      stringify({
        groups: groups.map((group) => ({
          ...group,
          rules: group.rules.map((rule) => ({
            ...rule,
            expr: scaledExpression(rule.expr, factor),
            ...('for' in rule && rule.for && { for: scaled(rule.for, factor) }),
          })),
        })),
      }),
    ]),
  );
}

interface PrometheusConfig {
  global: { scrape_interval: string; evaluation_interval: string; external_labels: Record<string, string> };
  alerting: { alertmanagers: { static_configs: { targets: string[] }[] }[] };
}

/**
 * The text of Prometheus' configuration. `alertmanager` is Alertmanager's host:port. Prometheus reads the rules from
 * `rules/` and the workers from `workers.json`, both beside its configuration.
 */
export function renderPrometheus({ alertmanager, factor }: { alertmanager: string; factor: number }): string {
  const config = parse(readFileSync(join(monitoringDir, 'prometheus.yaml'), 'utf8')) as PrometheusConfig;
  const { global, alerting } = config;
  global.scrape_interval = scaled(global.scrape_interval, factor);
  global.evaluation_interval = scaled(global.evaluation_interval, factor);
  global.external_labels['runbooks'] = join(repositoryRoot, 'docs/runbooks');
  alerting.alertmanagers = [{ static_configs: [{ targets: [alertmanager] }] }];
  return stringify(config);
}

interface Route {
  group_wait?: string;
  group_interval?: string;
  routes?: Route[];
}

interface AlertmanagerConfig {
  global?: Record<string, unknown>;
  route: Route;
  receivers: { name: string; pagerduty_configs?: Record<string, unknown>[] }[];
}

/** A server that accepts pages as PagerDuty's Events API v2 does, and the file with the routing key for it. */
export interface Pager {
  readonly url: string;
  readonly routingKeyFile: string;
}

/**
 * The text of Alertmanager's configuration, with the same routes to the same receivers. Pages go to `pager`; without one
 * nobody is notified, and Alertmanager's own web page shows the alerts. Mail is never sent.
 */
export function renderAlertmanager({ factor, pager }: { factor: number; pager?: Pager | undefined }): string {
  const config = parse(readFileSync(join(monitoringDir, 'alertmanager.yaml'), 'utf8')) as AlertmanagerConfig;
  delete config.global;
  const shorten = (route: Route): Route => ({
    ...route,
    ...(route.group_wait && { group_wait: scaled(route.group_wait, factor) }),
    ...(route.group_interval && { group_interval: scaled(route.group_interval, factor) }),
    ...(route.routes && { routes: route.routes.map(shorten) }),
  });
  config.route = shorten(config.route);
  const here = pager && { url: pager.url, routing_key_file: pager.routingKeyFile };
  config.receivers = config.receivers.map(({ name, pagerduty_configs: pagers }) => ({
    name,
    ...(pagers && here && { pagerduty_configs: pagers.map((each) => ({ ...each, ...here })) }),
  }));
  return stringify(config);
}
