/** What the worker's workflow bundle contains. */

export { dailyScanWorkflow } from './daily-scan.ts';
