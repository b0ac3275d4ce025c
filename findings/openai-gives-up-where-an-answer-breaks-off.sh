#!/usr/bin/env bash
# openai 7.57.0 (npm), Node 20 and newer, beside openai 3.57.0 (PyPI), Python 3.11 and newer.
# One would expect: a connection that breaks is tried again, as often as maxRetries says ("Connection errors … will all be retried by default", says
# its README), and ends in APIConnectionError, one of the library's own errors. It is so for a connection that breaks before the answer, for one
# that is too slow in the midst of it, and in the library for Python.
# What happens: when the answer has begun and then breaks off, the library for JavaScript does not ask again, though the next try would have been
# answered, and throws fetch's own TypeError ("terminated"): none of the checks that its documentation names (APIError, APIConnectionError) knows
# it, so that whoever sorts errors into those to try again and those of his own code puts it among the latter.
# Seen (maxRetries 2; requests, and what came of them):
#   JavaScript, broken before the answer: 3 requests, APIConnectionError, an APIError
#   JavaScript, too slow within the answer: 3 requests, APIConnectionTimeoutError, an APIError
#   JavaScript, broken within the answer: 1 request, TypeError, no APIError
#   JavaScript, broken within the first answer only: 1 request, TypeError, no APIError
#   Python, broken within the answer: 3 requests, APIConnectionError, an APIError
#   Python, broken within the first answer only: 2 requests, answered
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"; kill "${server:-}" 2>/dev/null || true' EXIT; cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check openai==3.57.0 2>/dev/null
npm init -y >/dev/null
npm install --silent --no-audit --no-fund openai@7.57.0 >/dev/null 2>&1
cat >serve.mjs <<'JS'
import { createServer } from 'node:http';

const answer = JSON.stringify({ id: 'r', object: 'response', created_at: 1, status: 'completed', model: 'm', output: [] });
let requests = 0;
const server = createServer((request, response) => {
  if (request.url === '/requests') {
    response.end(`${requests} request${requests === 1 ? '' : 's'}`);
    requests = 0;
    return;
  }
  requests += 1;
  const [, fault] = request.url.split('/');
  if (fault === 'before') return void response.destroy();
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length });
  if (fault === 'first' && requests > 1) return void response.end(answer);
  response.write(answer.slice(0, 40));
  if (fault === 'slow') setTimeout(() => response.end(answer.slice(40)), 4000);
  else setTimeout(() => response.destroy(), 100);
}).listen(0, '127.0.0.1', () => console.log(server.address().port));
JS
cat >ask.mjs <<'JS'
import OpenAI from 'openai';

const server = `http://127.0.0.1:${process.argv[2]}`;
async function ask(name, fault) {
  const openai = new OpenAI({ apiKey: 'none', baseURL: `${server}/${fault}`, maxRetries: 2, timeout: 1500 });
  const told = (error) => `${error.constructor.name}, ${error instanceof OpenAI.APIError ? 'an' : 'no'} APIError`;
  const outcome = await openai.responses.create({ model: 'm', input: 'hello' }).then(() => 'answered', told);
  console.log(`JavaScript, ${name}: ${await (await fetch(`${server}/requests`)).text()}, ${outcome}`);
}
await ask('broken before the answer', 'before');
await ask('too slow within the answer', 'slow');
await ask('broken within the answer', 'within');
await ask('broken within the first answer only', 'first');
JS
cat >ask.py <<'PY'
import sys
from urllib.request import urlopen

from openai import APIError, OpenAI

server = f'http://127.0.0.1:{sys.argv[1]}'
for name, fault in (('broken within the answer', 'within'), ('broken within the first answer only', 'first')):
    try:
        OpenAI(api_key='none', base_url=f'{server}/{fault}', max_retries=2).responses.create(model='m', input='hello')
        outcome = 'answered'
    except Exception as error:
        outcome = f"{type(error).__name__}, {'an' if isinstance(error, APIError) else 'no'} APIError"
    print(f"Python, {name}: {urlopen(f'{server}/requests').read().decode()}, {outcome}")
PY
mkfifo port
node serve.mjs >port &
server=$!
read -r port <port
{ node ask.mjs "$port"; env/bin/python ask.py "$port"; } | tee seen
diff seen - <<'SEEN'
JavaScript, broken before the answer: 3 requests, APIConnectionError, an APIError
JavaScript, too slow within the answer: 3 requests, APIConnectionTimeoutError, an APIError
JavaScript, broken within the answer: 1 request, TypeError, no APIError
JavaScript, broken within the first answer only: 1 request, TypeError, no APIError
Python, broken within the answer: 3 requests, APIConnectionError, an APIError
Python, broken within the first answer only: 2 requests, answered
SEEN
