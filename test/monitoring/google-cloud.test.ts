/** The policies for Google Cloud Monitoring: they are valid by Google's own protocol, and query the same as the rules. */

import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fromProto3JSON, toProto3JSON } from 'proto3-json-serializer';
import protobuf from 'protobufjs';
import { describe, expect, it } from 'vitest';
import { alertsOf, monitoringDir, ruleFiles } from '../../local/monitoring/rule-files.ts';

interface Policy {
  displayName: string;
  conditions: { conditionPrometheusQueryLanguage: { query: string; duration: string; alertRule: string } }[];
}

const require = createRequire(import.meta.url);
const protocol = require.resolve('@google-cloud/monitoring/build/protos/protos.json');
const alertPolicy = protobuf.Root.fromJSON(
  JSON.parse(readFileSync(protocol, 'utf8')) as protobuf.INamespace,
).lookupType('google.monitoring.v3.AlertPolicy');

const dir = join(monitoringDir, 'google-cloud');
const rules = new Map(alertsOf(ruleFiles()).map((rule) => [rule.alert, rule]));

/**
 * A policy encoded and decoded by Google's protocol, which drops unknown fields. Throws for a value that the protocol cannot
 * read.
 */
function asReceived(policy: unknown): unknown {
  const message = fromProto3JSON(alertPolicy, policy as never)!;
  return toProto3JSON(alertPolicy.decode(alertPolicy.encode(message).finish()) as never);
}

/** White space has no meaning in PromQL outside of strings, and these expressions have none within strings. */
const oneLine = (expression: string) => expression.replaceAll(/\s+/g, ' ').trim();

describe.each(readdirSync(dir))('%s', (name) => {
  const policy = JSON.parse(readFileSync(join(dir, name), 'utf8')) as Policy;

  it('is an AlertPolicy and holds nothing else', () => {
    expect(asReceived(policy)).toMatchObject(policy);
  });

  it('asks for what the rule of its name asks for', () => {
    const [condition] = policy.conditions.map((each) => each.conditionPrometheusQueryLanguage);
    const rule = rules.get(policy.displayName)!;
    expect(condition).toMatchObject({
      alertRule: rule.alert,
      query: oneLine(rule.expr),
      duration: rule.for ?? '0s',
    });
  });
});

it("the service's two goals have a policy", () => {
  expect(readdirSync(dir)).toEqual(['scan-duration.json', 'scan-failure-rate.json']);
});

it.each([
  ['a field that there is not', { displayname: 'x' }],
  ['a combiner that there is not', { combiner: 'MAYBE' }],
])('%s does not arrive', (_, policy) => {
  expect(asReceived(policy)).not.toMatchObject(policy);
});

it('a duration without a unit is refused', () => {
  expect(() => asReceived({ alertStrategy: { autoClose: 'half an hour' } })).toThrow(
    'incorrect value half an hour',
  );
});
