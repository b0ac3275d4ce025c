#!/usr/bin/env bash
# firebase-functions 7.4.0 (npm), Node 20 and newer.
# One would expect: a callable answers data that it cannot decode with 400 INVALID_ARGUMENT, as it answers a body that is no call at all.
# What happens: an "@type" that it does not know, anywhere in the data, is answered 500 INTERNAL and logged as an unhandled error of the
# function, before the function's own code runs; so anybody can raise the rate of a service's errors.
# Seen:
#   no data at all: 400 INVALID_ARGUMENT
#   an @type that is unknown: 500 INTERNAL
#   the handler ran: 0 times
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
echo '{"private":true,"dependencies":{"firebase-functions":"7.4.0","firebase-admin":"13.10.0","express":"5.3.0"}}' >package.json
npm install --silent --no-audit --no-fund >/dev/null 2>&1
cat >ask.cjs <<'JS'
const express = require('express');
const { onCall } = require('firebase-functions/https');
let ran = 0;
const call = onCall(() => { ran += 1; return 'ok'; });
const server = express().use(express.json()).post('/', call).listen(0, '127.0.0.1', async () => {
  const url = `http://127.0.0.1:${server.address().port}/`;
  const ask = async (body) => {
    const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    return `${answer.status} ${(await answer.json()).error.status}`;
  };
  process.stderr.write = () => true;
  console.log(`no data at all: ${await ask({})}`);
  console.log(`an @type that is unknown: ${await ask({ data: { note: { '@type': 'example.com/a.Kind', value: '1' } } })}`);
  console.log(`the handler ran: ${ran} times`);
  server.close();
});
JS
GCLOUD_PROJECT=demo-finding node ask.cjs 2>/dev/null | grep -E '^(no data|an @type|the handler)' | tee seen
diff seen - <<'SEEN'
no data at all: 400 INVALID_ARGUMENT
an @type that is unknown: 500 INTERNAL
the handler ran: 0 times
SEEN
