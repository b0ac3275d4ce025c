"""Verifies one webhook as a receiver in Python does: reads {secret, headers, body} as JSON, and fails when it is not ours."""

import json
import sys

from standardwebhooks import Webhook

message = json.load(sys.stdin)
Webhook(message["secret"]).verify(message["body"].encode(), message["headers"])
