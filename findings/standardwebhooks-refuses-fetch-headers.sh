#!/usr/bin/env bash
# standardwebhooks 1.1.1 (npm), Node 20 and newer.
# One would expect: a receiver passes the `headers` of a fetch Request, as every fetch handler has them, and the signature verifies.
# What happens: verify() reads the headers as an object's own properties. A `Headers` object has none, so a good webhook is refused.
# Seen:
#   plain object: verified
#   Headers object: Missing required headers
#   Object.fromEntries(headers): verified
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund standardwebhooks@1.1.1
cat >try.cjs <<'JS'
const { Webhook } = require('standardwebhooks');
const webhook = new Webhook('MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=');
const at = new Date();
const body = '{"type":"greeting"}';
const plain = {
  'webhook-id': 'msg_1',
  'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
  'webhook-signature': webhook.sign('msg_1', at, body),
};
const headers = new Headers(plain);
for (const [name, given] of [
  ['plain object', plain],
  ['Headers object', headers],
  ['Object.fromEntries(headers)', Object.fromEntries(headers)],
]) {
  try {
    webhook.verify(body, given);
    console.log(`${name}: verified`);
  } catch (error) {
    console.log(`${name}: ${error.message}`);
  }
}
JS
node try.cjs | tee seen
diff seen - <<'SEEN'
plain object: verified
Headers object: Missing required headers
Object.fromEntries(headers): verified
SEEN
