#!/usr/bin/env bash
# vitest 5.1.1 (npm), Node 24.21.0 beside Node 22.23.3 (both from npm).
# One would expect: toStrictEqual and toHaveBeenCalledWith tell two Requests apart that differ in address, method and body, and two Responses of
# different statuses; they do on Node 22, and a newer Node lets no test pass that would have to fail.
# What happens: from Node 24 on, the two classes keep their state where an assertion cannot see it, and vitest finds any two of them equal. A
# test that fetch was called with a certain Request passes whatever it was called with. Two secret keys are equal on both: a test that
# the right key was taken says nothing.
# Seen:
#   Node 22: GET and POST to other addresses, toStrictEqual: differ
#   Node 22: the same, toHaveBeenCalledWith: differ
#   Node 22: Responses 200 and 500, toStrictEqual: differ
#   Node 22: two secret keys, toStrictEqual: equal
#   Node 24: GET and POST to other addresses, toStrictEqual: equal
#   Node 24: the same, toHaveBeenCalledWith: equal
#   Node 24: Responses 200 and 500, toStrictEqual: equal
#   Node 24: two secret keys, toStrictEqual: equal
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
echo '{"private":true,"type":"module","dependencies":{"vitest":"5.1.1"}}' >package.json
npm install --silent --no-audit --no-fund >/dev/null 2>&1
for version in 22.23.3 24.21.0; do
  mkdir "node-${version%%.*}"
  (
    cd "node-${version%%.*}"
    echo '{"private":true,"dependencies":{"node":"'"$version"'"},"allowScripts":{"node":true}}' >package.json
    npm install --silent --no-audit --no-fund >/dev/null 2>&1
  )
done
cat >equal.test.js <<'JS'
import { createSecretKey } from 'node:crypto';
import { expect, test, vi } from 'vitest';

function say(what, assert) {
  let outcome = 'equal';
  try {
    assert();
  } catch {
    outcome = 'differ';
  }
  console.log(`Node ${process.versions.node.split('.')[0]}: ${what}: ${outcome}`);
}
test('two that differ', () => {
  const get = new Request('http://one.example/');
  const post = new Request('http://two.example/', { method: 'POST', body: 'hello' });
  say('GET and POST to other addresses, toStrictEqual', () => expect(get).toStrictEqual(post));
  const fetch = vi.fn();
  fetch(post);
  say('the same, toHaveBeenCalledWith', () => expect(fetch).toHaveBeenCalledWith(get));
  const failed = new Response('no', { status: 500 });
  say('Responses 200 and 500, toStrictEqual', () => expect(new Response('yes')).toStrictEqual(failed));
  const keys = ['one', 'two'].map((text) => createSecretKey(Buffer.from(text)));
  say('two secret keys, toStrictEqual', () => expect(keys[0]).toStrictEqual(keys[1]));
});
JS
for node in node-22 node-24; do
  "$node/node_modules/node/bin/node" node_modules/vitest/vitest.mjs run --disable-console-intercept 2>&1 | grep '^Node '
done | tee seen
diff seen - <<'SEEN'
Node 22: GET and POST to other addresses, toStrictEqual: differ
Node 22: the same, toHaveBeenCalledWith: differ
Node 22: Responses 200 and 500, toStrictEqual: differ
Node 22: two secret keys, toStrictEqual: equal
Node 24: GET and POST to other addresses, toStrictEqual: equal
Node 24: the same, toHaveBeenCalledWith: equal
Node 24: Responses 200 and 500, toStrictEqual: equal
Node 24: two secret keys, toStrictEqual: equal
SEEN
