/**
 * Writes the workflow bundle that a production worker loads (WORKFLOW_BUNDLE_PATH), so that none bundles at start-up: to dist/,
 * or to the path that it is given. Further arguments are paths of workflow interceptors that go in, too.
 */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleWorkflowCode } from '@temporalio/worker';
import { workflowSources } from './src/platform/workflow-bundle.ts';

const [path = join(import.meta.dirname, 'dist/workflows.js'), ...workflowInterceptorModules] =
  process.argv.slice(2);
const { code } = await bundleWorkflowCode(workflowSources(workflowInterceptorModules));
await writeFile(path, code);
process.stdout.write(`${path}: ${Math.round(code.length / 1024)} KiB\n`);
