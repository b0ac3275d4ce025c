#!/usr/bin/env bash
# @asyncapi/modelina 5.10.1 (npm), Node 20 and newer, with TypeScript 5.9.3 and Python 3.11 and newer.
# One would expect: what AsyncAPI's generator makes of a message's schema, without further options, fits the message as it is sent: an event that
# the schema allows can be given to the class, or has the type, and each of its properties is there.
# What happens: names are made to suit the language, and nothing brings them back to the event's. The Python class takes a dictionary, and looks
# for its own names in it (scan_id for scanId); TypeScript's interface has reservedStatus in status's place. Two properties that differ in
# an underscore become one. (Its documentation has rawPropertyNames for the names in TypeScript, and a preset with pydantic for Python.)
# Seen (an event of scanId, status, id and _id, all of them strings and required):
#   Python's class reads: scan_id, status, id
#   Python's class, given the event: KeyError 'scan_id'
#   TypeScript's interface has: scanId, reservedStatus, id
#   TypeScript's interface, given the event: error TS2353: Object literal may only specify known properties, and '"status"' does not exist in type 'ScanCompleted'.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @asyncapi/modelina@5.10.1 typescript@5.9.3 >/dev/null 2>&1
cat >make.mjs <<'JS'
import { writeFileSync } from 'node:fs';
import { PythonGenerator, TypeScriptGenerator } from '@asyncapi/modelina';

const text = { type: 'string' };
const schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'ScanCompleted',
  type: 'object',
  required: ['scanId', 'status', 'id', '_id'],
  properties: { scanId: text, status: text, id: text, _id: text },
  additionalProperties: false,
};
const event = { scanId: 's1', status: 'completed', id: 'e1', _id: 'd1' };
writeFileSync('event.json', JSON.stringify(event));
const [python] = await new PythonGenerator().generate(schema);
writeFileSync('scan_completed.py', `${python.dependencies.join('\n')}\n${python.result}`);
const [typescript] = await new TypeScriptGenerator({ modelType: 'interface' }).generate(schema);
writeFileSync('event.ts', `${typescript.result}\nexport const event: ScanCompleted = ${JSON.stringify(event)};\n`);
const names = ({ result }, pattern) => [...result.matchAll(pattern)].map(([, name]) => name).join(', ');
writeFileSync('reads', names(python, /input\['(\w+)'\]/g));
writeFileSync('has', names(typescript, /^ +(\w+)\??:/gm));
JS
cat >take.py <<'PY'
import json

from scan_completed import ScanCompleted

try:
    ScanCompleted(json.load(open('event.json')))
    print('taken')
except KeyError as error:
    print('KeyError', error)
PY
node make.mjs
{
  echo "Python's class reads: $(cat reads)"
  echo "Python's class, given the event: $(python3 take.py)"
  echo "TypeScript's interface has: $(cat has)"
  echo "TypeScript's interface, given the event: $({ npx tsc --noEmit --strict event.ts || true; } | sed -E 's/^event\.ts\([0-9,]+\): //' | head -1)"
} | tee seen
diff seen - <<'SEEN'
Python's class reads: scan_id, status, id
Python's class, given the event: KeyError 'scan_id'
TypeScript's interface has: scanId, reservedStatus, id
TypeScript's interface, given the event: error TS2353: Object literal may only specify known properties, and '"status"' does not exist in type 'ScanCompleted'.
SEEN
