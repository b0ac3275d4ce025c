import { readFile } from 'node:fs/promises';
import { assertFails, assertSucceeds } from '@firebase/rules-unit-testing';
import { setLogLevel } from 'firebase/firestore';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { ownershipCases } from './ownership-cases.ts';
import { queryCases } from './query-cases.ts';
import { rawPathCases, sendRaw } from './raw-path-cases.ts';
import { coverageOf } from './rules-coverage.ts';
import { openWorld, PROJECT, RULES_FILE, type RulesCase, type RulesWorld } from './rules-world.ts';
import { scanCases } from './scan-cases.ts';
import { smugglingCases } from './smuggling-cases.ts';
import { userCases } from './user-cases.ts';

let world: RulesWorld;

beforeAll(async () => {
  // The tests expect refusals, each of which the SDK would log.
  setLogLevel('silent');
  world = await openWorld(inject('firestore'));
});
beforeEach(() => world.reset());
afterAll(() => world.close());

describe.each<[string, RulesCase[]]>([
  ['who owns what', ownershipCases],
  ['submitting a scan', scanCases],
  ['speaking about oneself', userCases],
  ['asking for many', queryCases],
  ['smuggling', smugglingCases],
])('%s', (_, cases) => {
  it.each(cases)('$name', async ({ as, allowed, run }) => {
    const attempt = run(world.as[as]);
    await expect(allowed ? assertSucceeds(attempt) : assertFails(attempt)).resolves.not.toThrow();
  });
});

describe('paths that no SDK would send', () => {
  it.each(rawPathCases)('owner gets nowhere by $name', async (rawCase) => {
    expect(await sendRaw(inject('firestore'), rawCase)).toBeGreaterThanOrEqual(400);
  });
});

describe('coverage', () => {
  it('every allow and every function of the rules came out true for some case and false for another', async () => {
    const source = await readFile(RULES_FILE, 'utf8');
    const coverage = await coverageOf(inject('firestore'), PROJECT, source);
    console.log(`rules: ${coverage.evaluated} of ${coverage.expressions} expressions evaluated`);
    const allows = coverage.decisions.filter(({ text }) => text.startsWith('allow '));
    expect(allows.length).toBe(source.match(/^ *allow /gm)!.length);
    expect(coverage.decisions.filter(({ allowed, denied }) => allowed === 0 || denied === 0)).toEqual([]);
  });
});
