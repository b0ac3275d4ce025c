#!/usr/bin/env bash
# libheif-js 1.23.2 (npm), Node 20.
# One would expect: `require('libheif-js/wasm')` works wherever the program was started, as `libheif-js/wasm-bundle` does.
# What happens: it reads ./libheif-wasm/libheif.wasm from the process's working directory, so that it works only for a process that was
# started inside node_modules/libheif-js. The bundle carries the binary in its JavaScript and works anywhere.
# Seen:
#   libheif-js/wasm from the project's folder: ENOENT
#   libheif-js/wasm from the package's folder: HeifDecoder is a function
#   libheif-js/wasm-bundle from the project's folder: HeifDecoder is a function
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund libheif-js@1.23.2
cat >try.cjs <<'JS'
const [, , name, from] = process.argv;
try {
  const heif = require(name);
  Promise.resolve(heif.ready).then(() => console.log(`${name} from ${from}: HeifDecoder is a ${typeof heif.HeifDecoder}`));
} catch (error) {
  console.log(`${name} from ${from}: ${error.code}`);
}
JS
{
  node try.cjs libheif-js/wasm "the project's folder"
  (cd node_modules/libheif-js && node "$folder/try.cjs" libheif-js/wasm "the package's folder")
  node try.cjs libheif-js/wasm-bundle "the project's folder"
} | tee seen
diff seen - <<'SEEN'
libheif-js/wasm from the project's folder: ENOENT
libheif-js/wasm from the package's folder: HeifDecoder is a function
libheif-js/wasm-bundle from the project's folder: HeifDecoder is a function
SEEN
