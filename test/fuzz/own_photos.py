"""Lets every second request for a scan name photos of its own, as a client does that has uploaded them.

Without this every well-formed request would be refused with 403, and nothing behind that would be tried. What is well
formed stays so, and what is not stays wrong: only text takes the place of text.
"""

import os
import zlib

import schemathesis

FOLDER = "gs://{}/scans/{}".format(os.environ["FUZZ_BUCKET"], os.environ["FUZZ_UID"])
ANGLES = ("front", "back", "left", "right")


@schemathesis.hook
def map_body(context, body):
    if not isinstance(body, dict):
        return body
    scan_id, urls = body.get("scanId"), body.get("angleUrls")
    if not isinstance(scan_id, str) or not isinstance(urls, dict) or set(urls) != set(ANGLES):
        return body
    if not all(isinstance(url, str) and 1 <= len(url) <= 2048 for url in urls.values()):
        return body
    if zlib.crc32(scan_id.encode("utf-8", "surrogatepass")) % 2:
        return body
    own = {angle: f"{FOLDER}/{scan_id}/{angle}.jpg" for angle in ANGLES}
    return {**body, "angleUrls": own}
