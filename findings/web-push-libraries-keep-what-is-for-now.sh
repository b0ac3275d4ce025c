#!/usr/bin/env bash
# @pushforge/builder 2.0.5 and @block65/webcrypto-web-push 2.0.0, beside web-push 3.6.7 (npm), Node 20 and newer.
# One would expect: a push whose time to live is 0 is sent with 0, which in Web Push (RFC 8030, 5.2) means now or never: a progress of 40 % is of no
# use to a phone that wakes up tomorrow. A library made for today's runtimes encrypts as the standard (RFC 8291) says, by aes128gcm.
# What happens: a time of 0 is taken for none, and the library's own default is sent: the push service keeps the message for a day, or for a
# minute. The first of the two encrypts by aesgcm, a draft of before the standard.
# Seen (the header TTL for a time to live of 0 and of 60 s, and the encoding):
#   web-push: 0, 60, aes128gcm
#   @pushforge/builder: 86400, 60, aesgcm
#   @block65/webcrypto-web-push: 60, 60, aes128gcm
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund web-push@3.6.7 @pushforge/builder@2.0.5 @block65/webcrypto-web-push@2.0.0
cat >push.mjs <<'JS'
import { createECDH, randomBytes } from 'node:crypto';
import { buildPushPayload } from '@block65/webcrypto-web-push';
import { buildPushHTTPRequest } from '@pushforge/builder';
import webPush from 'web-push';

const phone = createECDH('prime256v1');
phone.generateKeys();
const keys = { p256dh: phone.getPublicKey('base64url'), auth: randomBytes(16).toString('base64url') };
const subscription = { endpoint: 'https://push.example/1', expirationTime: null, keys };
const vapid = { subject: 'mailto:push@example.com', ...webPush.generateVAPIDKeys() };
const point = Buffer.from(vapid.publicKey, 'base64url').subarray(1);
const [x, y] = [point.subarray(0, 32), point.subarray(32)].map((half) => half.toString('base64url'));
const privateJWK = { kty: 'EC', crv: 'P-256', x, y, d: vapid.privateKey };
const libraries = {
  'web-push': (ttl) => webPush.generateRequestDetails(subscription, '40 %', { TTL: ttl, vapidDetails: vapid }).headers,
  '@pushforge/builder': async (ttl) => {
    const message = { payload: '40 %', options: { ttl }, adminContact: vapid.subject };
    return (await buildPushHTTPRequest({ privateJWK, message, subscription })).headers;
  },
  '@block65/webcrypto-web-push': async (ttl) => (await buildPushPayload({ data: '40 %', options: { ttl } }, subscription, vapid)).headers,
};
for (const [name, build] of Object.entries(libraries)) {
  const [now, minute] = [new Headers(await build(0)), new Headers(await build(60))];
  console.log(`${name}: ${now.get('ttl')}, ${minute.get('ttl')}, ${now.get('content-encoding')}`);
}
JS
node push.mjs | tee seen
diff seen - <<'SEEN'
web-push: 0, 60, aes128gcm
@pushforge/builder: 86400, 60, aesgcm
@block65/webcrypto-web-push: 60, 60, aes128gcm
SEEN
