#!/usr/bin/env bash
# @tensorflow/tfjs-backend-wasm 4.22.0 (npm), Node 20 and newer.
# One would expect: setWasmPaths with a map needs the path of the one binary that this machine loads.
# What happens: the backend refuses to start unless the map names all three binaries, the two that it never opens with any text at all.
# Seen:
#   only the SIMD binary named: refused
#   all three named, two of them to nowhere: wasm
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
echo '{"private":true,"dependencies":{"@tensorflow/tfjs-backend-wasm":"4.22.0","@tensorflow/tfjs-core":"4.22.0"}}' >package.json
npm install --silent --no-audit --no-fund >/dev/null 2>&1
cat >start.cjs <<'JS'
const { setWasmPaths } = require('@tensorflow/tfjs-backend-wasm');
const tf = require('@tensorflow/tfjs-core');
const simd = require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm');
(async () => {
  const only = { 'tfjs-backend-wasm-simd.wasm': simd };
  if (process.argv[2] === 'one') {
    let outcome;
    try {
      setWasmPaths(only);
      outcome = (await tf.setBackend('wasm')) ? 'wasm' : 'refused';
    } catch { outcome = 'refused'; }
    console.log(`only the SIMD binary named: ${outcome}`);
  } else {
    setWasmPaths({ ...only, 'tfjs-backend-wasm.wasm': 'nowhere', 'tfjs-backend-wasm-threaded-simd.wasm': 'nowhere' });
    console.log(`all three named, two of them to nowhere: ${(await tf.setBackend('wasm')) ? tf.getBackend() : 'refused'}`);
  }
})();
JS
{ node start.cjs one 2>/dev/null; node start.cjs all 2>/dev/null; } | grep named | tee seen
diff seen - <<'SEEN'
only the SIMD binary named: refused
all three named, two of them to nowhere: wasm
SEEN
