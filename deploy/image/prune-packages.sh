#!/bin/sh
# Takes out of ./node_modules and ./worker/node_modules what no worker reads: native modules of other machines, sources, types, source maps.
set -eu

case "$(uname -m)" in
  x86_64) machine=x86_64-unknown-linux-gnu ;;
  aarch64) machine=aarch64-unknown-linux-gnu ;;
  *) echo "the worker has no native module for $(uname -m)" >&2 && exit 1 ;;
esac

bridge=node_modules/@temporalio/core-bridge
test -d "$bridge/releases/$machine"
find "$bridge/releases" -mindepth 1 -maxdepth 1 ! -name "$machine" -exec rm -r {} +
rm -r "$bridge/sdk-core" "$bridge/src" "$bridge/ts"

for packages in node_modules worker/node_modules; do
  test -d "$packages" || continue
  find "$packages" -type f \
    \( -name '*.ts' -o -name '*.mts' -o -name '*.cts' -o -name '*.map' -o -name '*.md' -o -name '*.flow' \) -delete
done
# ONNX Runtime brings its library for each system.
onnx=node_modules/onnxruntime-node/bin/napi-v3
case "$machine" in x86_64-*) cpu=x64 ;; *) cpu=arm64 ;; esac
test -f "$onnx/linux/$cpu/onnxruntime_binding.node"
find "$onnx" -mindepth 1 -maxdepth 1 ! -name linux -exec rm -r {} +
find "$onnx/linux" -mindepth 1 -maxdepth 1 ! -name "$cpu" -exec rm -r {} +
rm -r node_modules/onnxruntime-node/lib node_modules/onnxruntime-common/lib node_modules/onnxruntime-common/dist/esm
# Workflows are bundled already: the compiler that Temporal's bundler would load is never loaded.
rm -r node_modules/@swc/core node_modules/@swc/core-*
# Node loads build/src; the other two are for bundlers of browsers.
find node_modules/@opentelemetry -type d \( -path '*/build/esm' -o -path '*/build/esnext' \) -prune -exec rm -r {} +
# Of libheif-js the worker loads wasm-bundle.js, which carries its binary.
heif=node_modules/libheif-js
test -f "$heif/libheif-wasm/libheif-bundle.js"
rm -r "$heif/libheif" "$heif/index.js" "$heif/wasm.js" "$heif/libheif-wasm/libheif-bundle.mjs" "$heif/libheif-wasm/libheif.js" "$heif/libheif-wasm/libheif.wasm"
rm -rf node_modules/.bin worker/node_modules/.bin node_modules/@types
