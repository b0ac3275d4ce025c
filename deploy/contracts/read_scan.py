"""Reads a scan by the generated client in the folder `api_client`, whose parent and the server are the arguments."""

import sys

sys.path.insert(0, sys.argv[1])

from api_client import AuthenticatedClient  # noqa: E402
from api_client.api.default import get_scan  # noqa: E402

client = AuthenticatedClient(base_url=sys.argv[2], token="token")
scan = get_scan.sync("scan-1", client=client)
print(scan.status, scan.steps.estimation.state, scan.results.estimation.flags[0])
