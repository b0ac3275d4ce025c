#!/usr/bin/env bash
# @google-cloud/firestore 7.11.6 and @firebase/firestore 4.17.2 (npm; what firebase-admin 13.10.0 and firebase 12.19.0 bring), Node 20 and newer.
# One would expect: a Timestamp is one instant in whole milliseconds, by toMillis() as by toDate(), on the server as on a phone.
# What happens: what the server sets has microseconds, and each way cuts them differently. On the server toMillis() rounds down and toDate() to the
# nearest; on a client toMillis() has fractions, and toDate() rounds down. Of one field the server's Date is in half of all cases a
# millisecond later than the client's and than the server's own toMillis().
# Seen (12:00:00.123789; milliseconds after 12:00:00):
#   server: toMillis 123, toDate 124
#   client: toMillis 123.789, toDate 123
#   of 1000 times over a second, the server's two differ in: 500
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @google-cloud/firestore@7.11.6 @firebase/firestore@4.17.2 @firebase/app@0.16.2 >/dev/null 2>&1
cat >read.cjs <<'JS'
const server = require('@google-cloud/firestore').Timestamp;
const client = require('@firebase/firestore').Timestamp;
const noon = Date.UTC(2026, 10, 30, 12) / 1000;
for (const [name, Timestamp] of Object.entries({ server, client })) {
  const time = new Timestamp(noon, 123_789_000);
  const from = (millis) => Number((millis - noon * 1000).toFixed(3));
  console.log(`${name}: toMillis ${from(time.toMillis())}, toDate ${from(time.toDate().getTime())}`);
}
let differ = 0;
for (let micros = 0; micros < 1_000_000; micros += 1_001) {
  const time = new server(noon, micros * 1_000);
  if (time.toMillis() !== time.toDate().getTime()) differ += 1;
}
console.log(`of 1000 times over a second, the server's two differ in: ${differ}`);
process.exit();
JS
node read.cjs | tee seen
diff seen - <<'SEEN'
server: toMillis 123, toDate 124
client: toMillis 123.789, toDate 123
of 1000 times over a second, the server's two differ in: 500
SEEN
