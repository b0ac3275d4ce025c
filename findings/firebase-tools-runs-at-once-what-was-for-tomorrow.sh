#!/usr/bin/env bash
# firebase-tools 15.34.2 (its emulator of Cloud Tasks) with firebase-functions 7.4.0 and firebase-admin 13.10.0 (npm), Node 20 and newer.
# One would expect: a task that is put into a queue with a delay (scheduleDelaySeconds) or for a time (scheduleTime) waits for it in the emulator as
# in the cloud, and a queue with `maxAttempts: 1` tries a task once, since the number counts all attempts.
# What happens: the time is handed on to the function as a header and to nothing else: each task runs within seconds of being put in. So a reminder
# for tomorrow comes at once, what was put off can never be deleted in time, and a task that puts itself in again for the next hour runs without
# end. And the emulator tries once more than it is told: what must not run twice does so here and not in the cloud.
# Seen (within a minute of being put in):
#   at once: ran 1 time
#   in a day, by scheduleDelaySeconds: ran 1 time
#   in a day, by scheduleTime: ran 1 time
#   fails, maxAttempts 1: ran 2 times
#   fails, maxAttempts 3: ran 4 times
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
echo '{"private":true,"main":"index.js","engines":{"node":"20"},"dependencies":{"firebase-tools":"15.34.2","firebase-functions":"7.4.0","firebase-admin":"13.10.0"}}' >package.json
# Without what is optional: a package among it is compiled for minutes, and the emulators need none of it.
npm install --silent --no-audit --no-fund --omit=optional >/dev/null 2>&1
mkdir functions
cat >functions/index.js <<'JS'
const { appendFileSync } = require('node:fs');
const { onTaskDispatched } = require('firebase-functions/tasks');
const queue = (maxAttempts) =>
  onTaskDispatched({ retryConfig: { maxAttempts, minBackoffSeconds: 1, maxBackoffSeconds: 1 } }, ({ data }) => {
    appendFileSync(process.env.RAN, `${data.name}\n`);
    if (data.name.startsWith('fails')) throw new Error('as it should');
  });
exports.once = queue(1);
exports.thrice = queue(3);
JS
echo '{"private":true,"main":"index.js","dependencies":{"firebase-functions":"7.4.0"}}' >functions/package.json
ln -s ../node_modules functions/node_modules
port=$((20000 + RANDOM % 10000))
cat >firebase.json <<JSON
{ "functions": { "source": "functions", "runtime": "nodejs20" },
  "emulators": { "functions": { "port": $port }, "tasks": { "port": $((port + 1)) }, "hub": { "port": $((port + 2)) },
    "eventarc": { "port": $((port + 3)) }, "logging": { "port": $((port + 4)) }, "ui": { "enabled": false } } }
JSON
cat >enqueue.cjs <<'JS'
const { initializeApp } = require('firebase-admin/app');
const { getFunctions } = require('firebase-admin/functions');
initializeApp({ projectId: 'demo-finding' });
const day = 24 * 60 * 60;
(async () => {
  const once = getFunctions().taskQueue('once');
  await once.enqueue({ name: 'at once' });
  await once.enqueue({ name: 'in a day, by scheduleDelaySeconds' }, { scheduleDelaySeconds: day });
  await once.enqueue({ name: 'in a day, by scheduleTime' }, { scheduleTime: new Date(Date.now() + day * 1000) });
  await once.enqueue({ name: 'fails, maxAttempts 1' });
  await getFunctions().taskQueue('thrice').enqueue({ name: 'fails, maxAttempts 3' });
})();
JS
export RAN="$folder/ran"; touch ran
node node_modules/firebase-tools/lib/bin/firebase.js emulators:start --only functions,tasks --project demo-finding >log 2>&1 &
emulator=$!
trap 'kill "$emulator" 2>/dev/null; wait "$emulator" 2>/dev/null || true; rm -rf "$folder"' EXIT
for _ in $(seq 240); do grep -q 'All emulators ready' log && break; sleep 0.5; done
grep -q 'All emulators ready' log || { cat log; exit 1; }
METADATA_SERVER_DETECTION=none CLOUD_TASKS_EMULATOR_HOST="127.0.0.1:$((port + 1))" node enqueue.cjs
# The last queue tries longest; a while after its fourth attempt nothing more comes.
for _ in $(seq 120); do [ "$(grep -c 'maxAttempts 3' ran)" -ge 4 ] && break; sleep 0.5; done
sleep 5
for name in 'at once' 'in a day, by scheduleDelaySeconds' 'in a day, by scheduleTime' 'fails, maxAttempts 1' 'fails, maxAttempts 3'; do
  times=$(grep -c "^$name$" ran || true)
  echo "$name: ran $times time$([ "$times" = 1 ] || echo s)"
done | tee seen
diff seen - <<'SEEN'
at once: ran 1 time
in a day, by scheduleDelaySeconds: ran 1 time
in a day, by scheduleTime: ran 1 time
fails, maxAttempts 1: ran 2 times
fails, maxAttempts 3: ran 4 times
SEEN
