#!/usr/bin/env bash
# @asyncapi/parser 3.6.6 (npm), Node 20 and newer.
# One would expect: the official parser checks a document of AsyncAPI 3 at least as closely as one of 2.6, where a message whose example its own
# schema refuses is an error.
# What happens: the rule for examples is there for version 2 alone. The same message in a document of version 3 is valid, without a warning that
# names the example, so that whoever moves to 3 keeps a green check that no longer looks at the examples.
# Seen:
#   2.6.0, right: valid
#   2.6.0, an example of another type: refused
#   2.6.0, an example without what is required: refused
#   2.6.0, a schema of an unknown type: refused
#   3.0.0, right: valid
#   3.0.0, an example of another type: valid
#   3.0.0, an example without what is required: valid
#   3.0.0, a schema of an unknown type: refused
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @asyncapi/parser@3.6.6 >/dev/null 2>&1
cat >check.mjs <<'JS'
import { Parser } from '@asyncapi/parser';

const around = {
  '2.6.0': { channels: { scans: { subscribe: { message: { $ref: '#/components/messages/completed' } } } } },
  '3.0.0': {
    channels: { scans: { address: 'scans', messages: { completed: { $ref: '#/components/messages/completed' } } } },
    operations: { onCompleted: { action: 'send', channel: { $ref: '#/channels/scans' } } },
  },
};
const messages = {
  right: ['number', { fat: 18.2 }],
  'an example of another type': ['number', { fat: 'eighteen' }],
  'an example without what is required': ['number', {}],
  'a schema of an unknown type': ['decimal', { fat: 18.2 }],
};
for (const [asyncapi, rest] of Object.entries(around)) {
  for (const [name, [type, example]] of Object.entries(messages)) {
    const completed = {
      payload: { type: 'object', required: ['fat'], properties: { fat: { type } } },
      examples: [{ payload: example }],
    };
    const info = { title: 'Scans', version: '1.0.0' };
    const { document, diagnostics } = await new Parser().parse({ asyncapi, info, ...rest, components: { messages: { completed } } });
    const named = diagnostics.some(({ path }) => path.includes('examples'));
    console.log(`${asyncapi}, ${name}: ${document ? 'valid' : 'refused'}${document && named ? ', with a warning' : ''}`);
  }
}
JS
node check.mjs | tee seen
diff seen - <<'SEEN'
2.6.0, right: valid
2.6.0, an example of another type: refused
2.6.0, an example without what is required: refused
2.6.0, a schema of an unknown type: refused
3.0.0, right: valid
3.0.0, an example of another type: valid
3.0.0, an example without what is required: valid
3.0.0, a schema of an unknown type: refused
SEEN
