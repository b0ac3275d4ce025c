/**
 * What the workflow bundle contains: workflows, failure converter and interceptors. It is the same for every worker and
 * every replay.
 */

import { createRequire } from 'node:module';
import { type BundleOptions, DefaultLogger } from '@temporalio/worker';
import { FAILURE_CONVERTER_PATH } from './data-converter.ts';

/**
 * The modules of `shared` that workflows import. A workflow thread evaluates them once, before its first workflow, and not for each
 * workflow anew: that builds the schemas, which takes 8 ms in a warm thread on an idle machine, 60 ms in a new one and up to 120 ms on a
 * busy machine, and a scan's first steps wait for it. Modules that all workflows of a thread share are frozen, and must keep
 * nothing of a workflow but for the cache of speakers, a pure function of its key: these hold names, schemas and words. Workflow
 * code cannot parse with a frozen schema: zod binds a schema's methods when they are first read, so reading them throws.
 */
const SHARED_BY_WORKFLOWS = [
  'account/users',
  'audit/chain',
  'audit/start',
  'durations',
  'errors',
  'names/ids',
  'operator/audit-check',
  'scan/events',
  'scan/photos',
  'scan/progress',
  'scan/results',
  'scan/scan-event',
  'scan/statuses',
  'scan/steps',
  'scan/uploads',
  'temporal/search-attributes',
  'temporal/traces',
  'temporal/workflows',
  'webhooks/deliveries',
  'words/speaker',
];

/**
 * Options that bundle the sources; a built worker gets a finished bundle instead. `interceptors` are paths of further
 * interceptor modules.
 */
export function workflowSources(interceptors: readonly string[] = []): BundleOptions {
  const { resolve } = createRequire(import.meta.url);
  return {
    workflowsPath: resolve('../workflows.ts'),
    failureConverterPath: FAILURE_CONVERTER_PATH,
    workflowInterceptorModules: [resolve('./workflow-tracing.ts'), ...interceptors],
    preloadModules: SHARED_BY_WORKFLOWS.map((name) => resolve(`@reddyfit/shared/${name}`)),
    logger: new DefaultLogger('WARN'),
    // Each workflow thread keeps the bundle and its source map in memory. Without the sources' text in the map these
    // take 2.0 MiB instead of 4.5 MiB.
    webpackConfigHook: (config) => ({ ...config, devtool: 'inline-nosources-cheap-module-source-map' }),
  };
}
