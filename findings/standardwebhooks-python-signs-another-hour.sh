#!/usr/bin/env bash
# standardwebhooks 1.1.0 (PyPI), Python 3.11 and newer, beside standardwebhooks 1.1.1 (npm), Node 20 and newer.
# One would expect: sign() takes a datetime, so it signs the instant that the datetime names: one that knows its zone says so itself, and one
# without a zone is this machine's local time, as everywhere in Python's datetime.
# What happens: whatever zone the datetime has is replaced by UTC, and one without is taken for UTC. A sender who gives the time of his own zone, and
# puts the same datetime's seconds into the header, signs another hour than he sends: every receiver refuses his webhooks, the library itself
# too. On a machine whose zone is UTC, and with a datetime in UTC, it works. The library for JavaScript signs the instant of a Date.
# Seen (one instant, on a machine in Berlin; verified with the header that timestamp() of the same datetime gives):
#   Python, datetime in UTC: verified
#   Python, datetime in Berlin's zone: No matching signature found
#   Python, datetime without zone: No matching signature found
#   JavaScript, Date: verified
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check standardwebhooks==1.1.0 2>/dev/null
npm init -y >/dev/null
npm install --silent --no-audit --no-fund standardwebhooks@1.1.1
cat >sign.py <<'PY'
from datetime import datetime, timezone
from math import floor
from zoneinfo import ZoneInfo

from standardwebhooks import Webhook, WebhookVerificationError

webhook = Webhook('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')
body = '{"type":"scan.completed"}'
now = datetime.now(timezone.utc)
for name, time in (
    ('datetime in UTC', now),
    ("datetime in Berlin's zone", now.astimezone(ZoneInfo('Europe/Berlin'))),
    ('datetime without zone', now.astimezone().replace(tzinfo=None)),
):
    signature = webhook.sign('msg_1', time, body)
    headers = {'webhook-id': 'msg_1', 'webhook-timestamp': str(floor(time.timestamp())), 'webhook-signature': signature}
    try:
        webhook.verify(body, headers)
        print(f'Python, {name}: verified')
    except WebhookVerificationError as error:
        print(f'Python, {name}: {error}')
PY
cat >sign.mjs <<'JS'
import { Webhook } from 'standardwebhooks';
const webhook = new Webhook('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
const body = '{"type":"scan.completed"}';
const now = new Date();
const signature = webhook.sign('msg_1', now, body);
webhook.verify(body, { 'webhook-id': 'msg_1', 'webhook-timestamp': String(Math.floor(now / 1000)), 'webhook-signature': signature });
console.log('JavaScript, Date: verified');
JS
export TZ=Europe/Berlin
{ env/bin/python sign.py; node sign.mjs; } | tee seen
diff seen - <<'SEEN'
Python, datetime in UTC: verified
Python, datetime in Berlin's zone: No matching signature found
Python, datetime without zone: No matching signature found
JavaScript, Date: verified
SEEN
