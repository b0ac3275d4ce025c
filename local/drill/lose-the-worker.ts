/** The drill: kills the only worker, requests a scan, and then adds another worker. */

import { untilQuery } from '../monitoring/prometheus-api.ts';
import { runDemoScan } from '../demo/demo.ts';
import type { RunningStack } from '../stack/start-stack.ts';
import { untilNoPage } from './no-page.ts';
import type { PageEvent, PagerDuty } from './pagerduty.ts';

/** How long each part may take (ms): generous, since machines are shared. */
const DEADLINE_MS = 180_000;

/** Throws when the page does not come, does not end, or the scan does not complete. */
export async function loseTheWorker(
  stack: RunningStack,
  pagerDuty: PagerDuty,
  say: (line: string) => void,
  stop: AbortSignal,
): Promise<void> {
  const prometheus = stack.addresses.prometheus!;
  const alertmanager = stack.addresses.alertmanager!;
  const deadline = () => AbortSignal.any([stop, AbortSignal.timeout(DEADLINE_MS)]);
  const aboutIt = ({ payload }: PageEvent) => payload.summary.includes('No worker takes scans');

  const worker = await stack.addWorker();
  say(`Worker ${worker.pid} polls`);
  await untilQuery(prometheus, 'sum(up{job="reddyfit-worker"})', ([up]) => up === 1, deadline());
  // The stack came up without a worker, which may have paged.
  const before = await untilNoPage(
    { prometheus, alertmanager, pagerDuty },
    'NoWorkerPolling',
    aboutIt,
    deadline(),
  );
  say('Prometheus reads its metrics; no alert, no page');
  const page = (action: PageEvent['event_action']) =>
    pagerDuty.until((event) => event.event_action === action && aboutIt(event), deadline(), before);

  process.kill(worker.pid, 'SIGKILL');
  await worker.ended;
  say(`Worker ${worker.pid} is killed`);
  const scan = runDemoScan(stack.addresses, { json: true, signal: deadline() });
  // The scan is awaited at the end. When the page does not come, that error is reported, not a rejection of the scan.
  scan.catch(() => undefined);
  const { payload } = await page('trigger');
  say(`Paged: "${payload.summary}", runbook ${payload.custom_details?.['runbook']}`);

  const successor = await stack.addWorker();
  say(`Worker ${successor.pid} polls`);
  await page('resolve');
  say('The page has ended');
  const { completed } = await scan;
  if (!completed) throw new Error('The scan that waited for a worker did not complete.');
  say('The scan that waited has completed');
}
