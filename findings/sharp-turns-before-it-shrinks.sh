#!/usr/bin/env bash
# sharp 0.35.5 (npm), with the libvips that it brings.
# One would expect: a JPEG that is made smaller is decoded at reduced size, whether it is turned by 90° before or after.
# What happens: turned before, the whole picture is decoded and kept first; the memory grows with the pixels. Turned after, it does not.
# Seen (108 megapixels, down to 1600 pixels; peak resident memory above that of sharp alone):
#   the two pictures: the same size
#   resize, then rotate: below 100 MiB
#   rotate, then resize: above 250 MiB
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --prefix . sharp@0.35.5 >/dev/null
cat >run.mjs <<'JS'
import { execFileSync } from 'node:child_process';
import sharp from 'sharp';
const how = process.argv[2];
if (how) {
  sharp.concurrency(1);
  sharp.cache(false);
  const open = () => sharp('large.jpg', { limitInputPixels: false });
  const made = {
    nothing: async () => null,
    after: async () => (await open().resize(1600).rotate(90).jpeg().toBuffer({ resolveWithObject: true })).info,
    before: async () => (await open().rotate(90).resize({ height: 1600 }).jpeg().toBuffer({ resolveWithObject: true })).info,
  };
  const info = await made[how]();
  console.log(JSON.stringify({ kib: process.resourceUsage().maxRSS, size: info && `${info.width}x${info.height}` }));
} else {
  await sharp({ create: { width: 12000, height: 9000, channels: 3, background: '#8a7f76' } }).jpeg().toFile('large.jpg');
  const run = (name) => JSON.parse(execFileSync(process.execPath, ['run.mjs', name], { encoding: 'utf8' }));
  const [base, after, before] = ['nothing', 'after', 'before'].map(run);
  const more = ({ kib }) => (kib - base.kib) / 1024;
  const below = (mib, limit) => (mib < limit ? `below ${limit}` : mib.toFixed());
  const above = (mib, limit) => (mib > limit ? `above ${limit}` : mib.toFixed());
  console.error(more(after), more(before), after.size, before.size);
  console.log(`the two pictures: ${after.size === before.size ? 'the same size' : `${after.size} and ${before.size}`}`);
  console.log(`resize, then rotate: ${below(more(after), 100)} MiB`);
  console.log(`rotate, then resize: ${above(more(before), 250)} MiB`);
}
JS
node run.mjs | tee seen
diff seen - <<'SEEN'
the two pictures: the same size
resize, then rotate: below 100 MiB
rotate, then resize: above 250 MiB
SEEN
