#!/usr/bin/env bash
# react-native 0.86.3 with its abort-controller 3.0.0 (npm), Node 20 and newer.
# One would expect: the AbortController of a React Native of 2026 is that of browsers and Node, with signal.reason and throwIfAborted.
# What happens: React Native still installs a package of 2019 as its global AbortController; its signals have neither of the two, and
# neither AbortSignal.timeout nor AbortSignal.any is there, though TypeScript's library says so.
# Seen:
#   what React Native takes for its AbortController: abort-controller
#   reason after abort(new Error('why')): undefined
#   throwIfAborted: undefined
#   AbortSignal.timeout: undefined
#   AbortSignal.any: undefined
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm pack --silent react-native@0.86.3 >/dev/null 2>&1
tar -xzf react-native-*.tgz package/package.json package/Libraries/Core/setUpXHR.js
echo "{\"private\":true,\"dependencies\":{\"abort-controller\":\"3.0.0\"}}" >package.json
npm install --silent --no-audit --no-fund >/dev/null 2>&1
{
  echo "what React Native takes for its AbortController: $(grep -oE "require\('abort-controller[^']*'\)" package/Libraries/Core/setUpXHR.js | head -1 | grep -oE 'abort-controller' | head -1)"
  node -e "
const { AbortController, AbortSignal } = require('abort-controller');
const controller = new AbortController();
controller.abort(new Error('why'));
console.log('reason after abort(new Error(\'why\')): ' + controller.signal.reason);
console.log('throwIfAborted: ' + controller.signal.throwIfAborted);
console.log('AbortSignal.timeout: ' + AbortSignal.timeout);
console.log('AbortSignal.any: ' + AbortSignal.any);
"
} | tee seen
diff seen - <<'SEEN'
what React Native takes for its AbortController: abort-controller
reason after abort(new Error('why')): undefined
throwIfAborted: undefined
AbortSignal.timeout: undefined
AbortSignal.any: undefined
SEEN
