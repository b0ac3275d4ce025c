/** A time-skipping Temporal server for all trials of a test file, and the workflow bundle for it. */

import { createRequire } from 'node:module';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { afterAll, beforeAll, inject } from 'vitest';
import { bundleOnce } from './bundle-once.ts';

const START_MS = 120_000;

export interface TimeSkipping {
  readonly environment: TestWorkflowEnvironment;
  readonly workflowBundle: { readonly code: string };
}

/**
 * Starts the server before the tests of the file and stops it after them. `interceptors` are paths, relative to this
 * file, of workflow interceptor modules.
 */
export function timeSkipping(interceptors: readonly string[] = []): TimeSkipping {
  const { resolve } = createRequire(import.meta.url);
  const started: { -readonly [Name in keyof TimeSkipping]?: TimeSkipping[Name] } = {};
  beforeAll(async () => {
    Runtime.install({ logger: new DefaultLogger('ERROR') });
    started.environment = await TestWorkflowEnvironment.createTimeSkipping({
      server: { executable: { type: 'existing-path', path: inject('temporalTestServer') } },
    });
    started.workflowBundle = await bundleOnce({
      workflowsPath: resolve('../workflows.ts'),
      workflowInterceptorModules: interceptors.map((path) => resolve(path)),
    });
  }, START_MS);
  afterAll(() => started.environment?.teardown());
  // The properties are set before the first test runs.
  return started as TimeSkipping;
}
