/** Tests what a workflow thread evaluates once, and what it evaluates for each workflow: a scan's first steps wait for the latter. */

import { createContext, runInContext } from 'node:vm';
import { beforeAll, expect, it } from 'vitest';
import { bundleOnce } from '../scan/bundle-once.ts';
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
