#!/usr/bin/env bash
# @google-cloud/functions-framework 5.0.5 (npm), Node 20 and newer.
# One would expect: a function of CloudEvents is called with an event, or the request is refused; of a push of Pub/Sub it is given what Google's own
# type for it, MessagePublishedData, has: the message with its ordering key, and the subscription.
# What happens: a batch, one of the standard's three modes, is answered 204, and the function was called once, with the bytes in the event's place:
# they have no type and no data, and for the sender all of its events are delivered. Of a push the ordering key and the subscription
# are left out.
# Seen (the answer, and what the function was given):
#   one event: 204, scan.completed with {"fat":18.2}
#   a batch of two: 204, one Buffer for an event
#   a push with data, attributes, id, time and ordering key: 204, @type, data, attributes, publishTime, messageId
#   the subscription of that push: undefined
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @google-cloud/functions-framework@5.0.5 >/dev/null 2>&1
cat >receive.cjs <<'JS'
const functions = require('@google-cloud/functions-framework');
const { getTestServer } = require('@google-cloud/functions-framework/testing');

const given = [];
functions.cloudEvent('finding', (event) => void given.push(event));
const server = getTestServer('finding').listen(0, '127.0.0.1', async () => {
  async function post(headers, body, path = '/') {
    const url = `http://127.0.0.1:${server.address().port}${path}`;
    const { status } = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    return [status, ...given.splice(0)];
  }
  const event = { specversion: '1.0', id: '1', source: '/scans', type: 'scan.completed', data: { fat: 18.2 } };
  const [single, whole] = await post({ 'content-type': 'application/cloudevents+json' }, event);
  console.log(`one event: ${single}, ${whole.type} with ${JSON.stringify(whole.data)}`);
  const [batch, ...calls] = await post({ 'content-type': 'application/cloudevents-batch+json' }, [event, { ...event, id: '2' }]);
  console.log(`a batch of two: ${batch}, ${calls.length === 1 ? 'one' : calls.length} ${calls[0].constructor.name} for an event`);
  const message = { data: 'e30=', attributes: { a: 'b' }, messageId: '7', publishTime: '2026-11-30T12:00:00.123Z', orderingKey: 'user-1' };
  const push = { message, subscription: 'projects/demo/subscriptions/finding' };
  const [pushed, { data }] = await post({ 'content-type': 'application/json' }, push, '/projects/demo/topics/scans');
  console.log(`a push with data, attributes, id, time and ordering key: ${pushed}, ${Object.keys(data.message).join(', ')}`);
  console.log(`the subscription of that push: ${data.subscription}`);
  process.exit();
});
JS
node receive.cjs | tee seen
diff seen - <<'SEEN'
one event: 204, scan.completed with {"fat":18.2}
a batch of two: 204, one Buffer for an event
a push with data, attributes, id, time and ordering key: 204, @type, data, attributes, publishTime, messageId
the subscription of that push: undefined
SEEN
