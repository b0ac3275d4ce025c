/** Tests what a workflow thread evaluates once, and what it evaluates for each workflow: a scan's first steps wait for the latter. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { beforeAll, expect, it } from 'vitest';
import { bundleOnce } from '../trial/bundle-once.ts';
import { workflowSources } from './workflow-bundle.ts';

let code: string;
beforeAll(async () => {
  ({ code } = await bundleOnce(workflowSources()));
});

/** Evaluates the bundle as the SDK does. Answers with the modules that all workflows share, and those of a single workflow. */
function evaluated(): { shared: string[]; own: string[] } {
  const modules = new Map<string, { module: unknown; isShared: boolean }>();
  let isShared = true;
  const cache = new Proxy(
    {},
    {
      get: (_, name) => modules.get(String(name))?.module,
      set: (_, name, module: unknown) => Boolean(modules.set(String(name), { module, isShared })),
    },
  );
  const globals = { URL, URLSearchParams, TextEncoder, TextDecoder, AbortController, assert: {}, util: {} };
  const context = createContext({ ...globals, __webpack_module_cache__: cache });
  runInContext(code, context);
  runInContext('__TEMPORAL__.preloadModules()', context);
  isShared = false;
  runInContext('__TEMPORAL__.importWorkflows()', context);
  const those = (which: boolean) =>
    [...modules].flatMap(([name, each]) => (each.isShared === which ? name : []));
  return { shared: those(true), own: those(false) };
}

it('workflows share the contract and its schemas, and have their own code for themselves', () => {
  const { shared, own } = evaluated();
  const isOfTheContract = (name: string) => /shared\/src|\/zod\//.test(name);
  const isOfTheWorker = (name: string) => name.includes('worker/src');
  expect(own.filter(isOfTheContract)).toEqual([]);
  expect(own.filter(isOfTheWorker)).not.toEqual([]);
  expect(shared.filter(isOfTheContract)).not.toEqual([]);
  expect(shared.filter(isOfTheWorker)).toEqual([]);
});

/** Reads a method of a schema, by which a module parses. */
const PARSES = /(?<!\b(?:Date|JSON|URL))\.(?:safeParse|parse)(?:Async)?\b/;

it('parses nothing by a schema in a workflow, where the schema is frozen before zod has bound its methods', () => {
  const { shared, own } = evaluated();
  const sources = [...shared, ...own]
    .filter((name) => /^\.\/(?:worker|shared)\/src\//.test(name))
    .map((name) => ({ name, text: readFileSync(join(import.meta.dirname, '../../..', name), 'utf8') }));
  const names = sources.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(['./worker/src/scan/daily-scan.ts', './shared/src/scan/steps.ts']),
  );
  // What shared modules export that parses is for others, unless it is named a second time.
  const isNamed = (what: string) =>
    sources.filter(({ text }) => new RegExp(`\\b${what}\\b`).test(text)).length > 1;
  const parsing = sources.flatMap(({ name, text }) =>
    text
      .split(/\n(?=export )/)
      .filter((part) => PARSES.test(part))
      .map((part) => /^export (?:async )?function (\w+)/.exec(part)?.[1] ?? name)
      .filter((what) => name.startsWith('./worker') || what === name || isNamed(what)),
  );
  expect(parsing).toEqual([]);
});
