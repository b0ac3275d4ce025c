#!/usr/bin/env bash
# openai 7.57.0 and supermemory 4.25.4 (npm), Node 20 and newer.
# One would expect: a client that keeps to Retry-After waits so long, or gives up and tells when it may come again; the longer a server asks for
# patience, the later the next request comes.
# What happens: openai waits for up to a minute as it is told, and one second more makes it forget the header: it asks twice more within
# five seconds, and its tries are used up long before the server would answer. supermemory, made by the same generator, waits.
# Seen (429 with Retry-After, requests within 5 s):
#   openai, 60 s: 1 request
#   openai, 61 s: 3 requests, then RateLimitError
#   supermemory, 61 s: 1 request
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund openai@7.57.0 supermemory@4.25.4
cat >ask.mjs <<'JS'
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import OpenAI from 'openai';
import Supermemory from 'supermemory';

const clients = {
  openai: (baseURL) => new OpenAI({ apiKey: 'key', baseURL }).responses.create({ model: 'any', input: 'hello' }),
  supermemory: (baseURL) => new Supermemory({ apiKey: 'key', baseURL }).search.execute({ q: 'hello' }),
};
async function ask(name, seconds) {
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    request.resume();
    response.writeHead(429, { 'retry-after': String(seconds) }).end();
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const ended = clients[name](`http://127.0.0.1:${server.address().port}`).catch((error) => `, then ${error.constructor.name}`);
  const end = await Promise.race([ended, wait(5_000, '')]);
  console.log(`${name}, ${seconds} s: ${requests} request${requests === 1 ? '' : 's'}${end}`);
}
await ask('openai', 60);
await ask('openai', 61);
await ask('supermemory', 61);
process.exit();
JS
node ask.mjs | tee seen
diff seen - <<'SEEN'
openai, 60 s: 1 request
openai, 61 s: 3 requests, then RateLimitError
supermemory, 61 s: 1 request
SEEN
