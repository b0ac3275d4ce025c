/**
 * What the workflow bundle contains: workflows, failure converter and interceptors. It is the same for every worker and
 * every replay.
 */

import { createRequire } from 'node:module';
import { type BundleOptions, DefaultLogger } from '@temporalio/worker';
import { FAILURE_CONVERTER_PATH } from './data-converter.ts';

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
    logger: new DefaultLogger('WARN'),
    // Each workflow thread keeps the bundle and its source map in memory. Without the sources' text in the map these
    // take 2.0 MiB instead of 4.5 MiB.
    webpackConfigHook: (config) => ({ ...config, devtool: 'inline-nosources-cheap-module-source-map' }),
  };
}
