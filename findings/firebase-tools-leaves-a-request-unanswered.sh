#!/usr/bin/env bash
# firebase-tools 15.34.2 (npm) with firebase-functions 7.4.0, Node 20 and newer.
# One would expect: a request for a function whose process is not up in time is answered with an error, as Cloud Functions does with 503;
# and FUNCTIONS_DISCOVERY_TIMEOUT limits what its name says, how long the list of functions may take.
# What happens: the variable also takes the place of the 30 s that a function's process has to start; when they are over the emulator logs
# "Failed to load function." and never answers the request. Who sent it waits until its own time is over, Pub/Sub and Firestore triggers too.
# Seen (the module takes 20 s to load, the variable says 10):
#   the emulator gave up: Failed to load function.
#   the request after 40 s: no answer
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
echo '{"private":true,"main":"index.js","engines":{"node":"20"},"dependencies":{"firebase-tools":"15.34.2","firebase-functions":"7.4.0","firebase-admin":"13.10.0"}}' >package.json
npm install --silent --no-audit --no-fund >/dev/null 2>&1
mkdir functions
cat >functions/index.js <<'JS'
const { onRequest } = require('firebase-functions/https');
// Only the process that serves the function is slow; the one that lists the functions is not.
if (process.env.FUNCTION_TARGET) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20_000);
exports.hello = onRequest((_request, response) => void response.send('hello'));
JS
echo '{"private":true,"main":"index.js","dependencies":{"firebase-functions":"7.4.0"}}' >functions/package.json
ln -s ../node_modules functions/node_modules
port=$((20000 + RANDOM % 10000))
cat >firebase.json <<JSON
{ "functions": { "source": "functions", "runtime": "nodejs20" },
  "emulators": { "functions": { "port": $port }, "hub": { "port": $((port + 1)) }, "logging": { "port": $((port + 2)) }, "ui": { "enabled": false } } }
JSON
FUNCTIONS_DISCOVERY_TIMEOUT=10 node node_modules/firebase-tools/lib/bin/firebase.js emulators:start --only functions --project demo-finding >log 2>&1 &
emulator=$!
trap 'kill "$emulator" 2>/dev/null; wait "$emulator" 2>/dev/null || true; rm -rf "$folder"' EXIT
for _ in $(seq 240); do grep -q 'All emulators ready' log && break; sleep 0.5; done
grep -q 'All emulators ready' log || { cat log; exit 1; }
answer=$(curl -sS -o /dev/null -w '%{http_code}' --max-time 40 "http://127.0.0.1:$port/demo-finding/us-central1/hello" 2>/dev/null) || answer='no answer'
{
  echo "the emulator gave up: $(grep -o 'Failed to load function\.' log | head -1)"
  echo "the request after 40 s: $answer"
} | tee seen
diff seen - <<'SEEN'
the emulator gave up: Failed to load function.
the request after 40 s: no answer
SEEN
