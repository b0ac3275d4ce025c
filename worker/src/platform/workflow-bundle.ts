/** What is bundled for the sandbox: our workflows, how they fail, and what surrounds them. The same for every worker and replay. */

import { createRequire } from 'node:module';
import { type BundleOptions, DefaultLogger } from '@temporalio/worker';
import { FAILURE_CONVERTER_PATH } from './data-converter.ts';

/** Of the sources; a built worker is given the bundle. `interceptors` are paths of modules that surround the workflows, too. */
export function workflowSources(interceptors: readonly string[] = []): BundleOptions {
  const { resolve } = createRequire(import.meta.url);
  return {
    workflowsPath: resolve('../workflows.ts'),
    failureConverterPath: FAILURE_CONVERTER_PATH,
    workflowInterceptorModules: [resolve('./workflow-tracing.ts'), ...interceptors],
    logger: new DefaultLogger('WARN'),
    // Each thread that runs workflows keeps the bundle and its map: lines without their sources are a third of all that.
    webpackConfigHook: (config) => ({ ...config, devtool: 'inline-nosources-cheap-module-source-map' }),
  };
}
