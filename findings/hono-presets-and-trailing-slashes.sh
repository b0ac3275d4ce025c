#!/usr/bin/env bash
# hono 4.13.19 (npm), Node 20.
# One would expect: `hono`, `hono/quick` and `hono/tiny` differ in size and speed of their routers, and answer the same requests alike.
# What happens: `strict` is on by default in all three, so `/a/` is not `/a`; plain hono keeps to it, and the two presets do not.
# Seen:
#   hono: GET /a 200, GET /a/ 404
#   hono/quick: GET /a 200, GET /a/ 200
#   hono/tiny: GET /a 200, GET /a/ 200
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund hono@4.13.19
cat >try.mjs <<'JS'
for (const name of ['hono', 'hono/quick', 'hono/tiny']) {
  const { Hono } = await import(name);
  const app = new Hono().get('/a', (context) => context.text('here'));
  const status = async (path) => (await app.request(path)).status;
  console.log(`${name}: GET /a ${await status('/a')}, GET /a/ ${await status('/a/')}`);
}
JS
node try.mjs | tee "$folder/seen"
diff "$folder/seen" - <<'SEEN'
hono: GET /a 200, GET /a/ 404
hono/quick: GET /a 200, GET /a/ 200
hono/tiny: GET /a 200, GET /a/ 200
SEEN
