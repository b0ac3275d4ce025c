#!/usr/bin/env bash
# @sparticuz/chromium 153.0.0, playwright-core 1.65.1 (npm).
# One would expect: the arguments that the package hands out let Chromium run in a small container, and leave the web as it is.
# What happens: with them, a page reads the answers of another origin that allows nobody to. A test of a page passes where a user's browser
# refuses; without that one argument the test fails as the user does.
# Seen:
#   its arguments hold --disable-web-security: true
#   by its arguments, the other origin's answer: read
#   without that one: refused
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --prefix . @sparticuz/chromium@153.0.0 playwright-core@1.65.1 >/dev/null
cat >run.mjs <<'JS'
import { createServer } from 'node:http';
import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';
const listen = (answer) =>
  new Promise((resolve) => {
    const server = createServer(answer).listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${server.address().port}/`));
  });
const page = await listen((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>page</p>'));
const other = await listen((_, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('for programs'));
const OFF = '--disable-web-security';
async function answerWith(args) {
  const browser = await playwright.launch({ executablePath: await chromium.executablePath(), args, headless: true });
  const tab = await browser.newPage();
  await tab.goto(page);
  const read = await tab.evaluate((url) => fetch(url).then((answer) => answer.text(), () => null), other);
  await browser.close();
  return read === 'for programs' ? 'read' : 'refused';
}
console.log(`its arguments hold ${OFF}: ${chromium.args.includes(OFF)}`);
console.log(`by its arguments, the other origin's answer: ${await answerWith(chromium.args.filter((arg) => arg !== '--single-process'))}`);
console.log(`without that one: ${await answerWith(chromium.args.filter((arg) => arg !== '--single-process' && arg !== OFF))}`);
process.exit();
JS
node run.mjs | tee seen
diff seen - <<'SEEN'
its arguments hold --disable-web-security: true
by its arguments, the other origin's answer: read
without that one: refused
SEEN
