#!/usr/bin/env bash
# cloudevents 10.0.0 (npm), Node 20 and newer, beside cloudevents 2.2.0 (PyPI), Python 3.11 and newer.
# One would expect: data that the library puts into an event and sends over HTTP comes out of the same library as it went in, in both modes that
# carry one event, as it comes out of the library for Python.
# What happens: in structured mode 0 and false are on the wire and are read as no data at all. In binary mode what is no object is read as text, so
# that false is "false", which is true; and an object of a media type that ends in +json is read as text, in structured mode as an object.
# Seen (sent; read by JavaScript, read by Python from the same bytes):
#   structured, false: undefined, False
#   structured, 0: undefined, 0
#   structured, 18.2: 18.2, 18.2
#   structured, {"fat":18.2} as +json: {"fat":18.2}, {'fat': 18.2}
#   binary, false: "false", False
#   binary, 0: "0", 0
#   binary, 18.2: "18.2", 18.2
#   binary, {"fat":18.2} as +json: "{\"fat\":18.2}", {'fat': 18.2}
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund cloudevents@10.0.0 >/dev/null 2>&1
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check cloudevents==2.2.0 2>/dev/null
cat >send.mjs <<'JS'
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { CloudEvent, HTTP } from 'cloudevents';

const received = [];
const server = createServer(async (request, response) => {
  const body = await text(request);
  received.push({ headers: request.headers, body, read: JSON.stringify(HTTP.toEvent({ headers: request.headers, body }).data) ?? 'undefined' });
  response.end();
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const attributes = { source: '/scans', type: 'scan.completed', datacontenttype: 'application/json' };
const sent = [
  ['false', { ...attributes, data: false }],
  ['0', { ...attributes, data: 0 }],
  ['18.2', { ...attributes, data: 18.2 }],
  ['{"fat":18.2} as +json', { ...attributes, datacontenttype: 'application/vnd.scan+json', data: { fat: 18.2 } }],
];
for (const mode of ['structured', 'binary']) {
  for (const [name, event] of sent) {
    const { headers, body } = HTTP[mode](new CloudEvent(event));
    await fetch(`http://127.0.0.1:${server.address().port}/`, { method: 'POST', headers, body });
    received.at(-1).name = `${mode}, ${name}`;
  }
}
server.close();
writeFileSync('received.json', JSON.stringify(received));
JS
cat >read.py <<'PY'
import json

from cloudevents.core.bindings.http import HTTPMessage, from_http_event

for request in json.load(open('received.json')):
    event = from_http_event(HTTPMessage(request['headers'], request['body'].encode()))
    print(f"{request['name']}: {request['read']}, {event.get_data()}")
PY
node send.mjs
env/bin/python read.py | tee seen
diff seen - <<'SEEN'
structured, false: undefined, False
structured, 0: undefined, 0
structured, 18.2: 18.2, 18.2
structured, {"fat":18.2} as +json: {"fat":18.2}, {'fat': 18.2}
binary, false: "false", False
binary, 0: "0", 0
binary, 18.2: "18.2", 18.2
binary, {"fat":18.2} as +json: "{\"fat\":18.2}", {'fat': 18.2}
SEEN
