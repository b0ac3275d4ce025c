#!/usr/bin/env bash
# openai 7.57.0 with zod 4.6.7 (npm), Node 20 and newer.
# One would expect: an answer that keeps to the JSON schema which zodTextFormat sends is one that the same zod schema parses; a schema for which
# that cannot be is refused when it is made, as transforms, dates and optional properties are.
# What happens: the helper describes to the model what the zod schema gives out, and parses the answer as what it takes in. Where the two
# differ (stringbool, a codec, a pipe that coerces) it says nothing, asks for the one and refuses it for not being the other: in strict mode no
# answer that the model may give is ever parsed.
# Seen:
#   stringbool: asks for boolean, answered true: expected string, received boolean
#   codec from string to number: asks for number, answered 5: expected string, received number
#   string piped to coerced number: asks for number, answered 5: expected string, received number
#   transform alone: refused when made
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund openai@7.57.0 zod@4.6.7
cat >ask.mjs <<'JS'
import { createServer } from 'node:http';
import OpenAI from 'openai';
import { zodTextFormat } from 'openai/helpers/zod';
import { z } from 'zod';

// Answers each request with the first example that the schema in it allows.
const examples = { boolean: true, number: 5, string: 'yes' };
const server = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += part;
  const { type } = JSON.parse(body).text.format.schema.properties.value;
  const text = JSON.stringify({ value: examples[type] });
  const content = [{ type: 'output_text', text, annotations: [] }];
  const message = { id: 'msg_1', type: 'message', role: 'assistant', status: 'completed', content };
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ id: 'resp_1', object: 'response', status: 'completed', output: [message] }));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const client = new OpenAI({ apiKey: 'key', baseURL: `http://127.0.0.1:${server.address().port}` });

async function ask(name, value) {
  let format;
  try {
    format = zodTextFormat(z.object({ value }), 'answer');
  } catch {
    return console.log(`${name}: refused when made`);
  }
  const { type } = format.schema.properties.value;
  const asked = `${name}: asks for ${type}, answered ${JSON.stringify(examples[type])}`;
  try {
    const { output_parsed: parsed } = await client.responses.parse({ model: 'model', input: 'question', text: { format } });
    console.log(`${asked}: parsed as ${JSON.stringify(parsed.value)}`);
  } catch (error) {
    console.log(`${asked}: ${/expected \w+, received \w+/.exec(error.message)?.[0] ?? error.message}`);
  }
}
await ask('stringbool', z.stringbool());
await ask('codec from string to number', z.codec(z.string(), z.number(), { decode: Number, encode: String }));
await ask('string piped to coerced number', z.string().pipe(z.coerce.number()));
await ask('transform alone', z.string().transform(Number));
server.close();
JS
node ask.mjs | tee seen
diff seen - <<'SEEN'
stringbool: asks for boolean, answered true: expected string, received boolean
codec from string to number: asks for number, answered 5: expected string, received number
string piped to coerced number: asks for number, answered 5: expected string, received number
transform alone: refused when made
SEEN
