/** Writes the workflow bundle that a production worker loads (WORKFLOW_BUNDLE_PATH), so that none bundles at start-up. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleWorkflowCode } from '@temporalio/worker';
import { workflowSources } from './src/workflow-bundle.ts';

const { code } = await bundleWorkflowCode(workflowSources());
const path = join(import.meta.dirname, 'dist/workflows.js');
await writeFile(path, code);
process.stdout.write(`${path}: ${Math.round(code.length / 1024)} KiB\n`);
