#!/usr/bin/env bash
# standardwebhooks 1.1.0 (PyPI), Python 3.10 and newer.
# One would expect: `Webhook.verify` raises WebhookVerificationError, its one documented exception, for every signature that does not hold.
# What happens: a `webhook-signature` header with a word that has no comma raises a plain ValueError, so that a
# receiver which catches what is documented answers such a request with 500 instead of 401. The library for JavaScript raises its own error.
# Seen:
#   a wrong signature: WebhookVerificationError
#   a word without a comma: ValueError
#   in JavaScript: WebhookVerificationError
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check standardwebhooks==1.1.0 2>/dev/null
echo '{"private":true,"dependencies":{"standardwebhooks":"1.0.0"}}' >package.json
npm install --silent --no-audit --no-fund >/dev/null 2>&1
cat >verify.py <<'PY'
import time
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

webhook = Webhook('whsec_' + 'c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0')
def name_of(signature):
    headers = {'webhook-id': 'msg_1', 'webhook-timestamp': str(int(time.time())), 'webhook-signature': signature}
    try:
        webhook.verify('{}', headers)
    except Exception as error:
        return type(error).__name__
print('a wrong signature:', name_of('v1,AAAA'))
print('a word without a comma:', name_of('unsigned'))
PY
cat >verify.cjs <<'JS'
const { Webhook } = require('standardwebhooks');
const webhook = new Webhook('whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0');
const headers = { 'webhook-id': 'msg_1', 'webhook-timestamp': `${Math.floor(Date.now() / 1000)}`, 'webhook-signature': 'unsigned' };
try { webhook.verify('{}', headers); } catch (error) { console.log(`in JavaScript: ${error.constructor.name}`); }
JS
{ env/bin/python verify.py; node verify.cjs; } | tee seen
diff seen - <<'SEEN'
a wrong signature: WebhookVerificationError
a word without a comma: ValueError
in JavaScript: WebhookVerificationError
SEEN
