#!/usr/bin/env bash
# firebase-functions-test 3.5.0 (npm), npm 7 and newer.
# One would expect: a helper that wraps functions, used with any test runner, installs its own few dependencies.
# What happens: jest is its peer, so npm installs jest and all that jest needs, although none of its files asks for jest.
# Seen:
#   files of firebase-functions-test that ask for jest: 0
#   jest installed beside it: yes
#   packages that only jest brings: more than 200
#   an empty package in jest's place: wrap is a function
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
mkdir with without
install() { npm install --silent --no-audit --no-fund --ignore-scripts >/dev/null 2>&1; }
dependencies='"firebase-functions-test":"3.5.0","firebase-functions":"7.4.0","firebase-admin":"13.10.0"'
echo "{\"private\":true,\"dependencies\":{$dependencies}}" >with/package.json
echo "{\"private\":true,\"dependencies\":{$dependencies},\"overrides\":{\"jest\":\"npm:@favware/skip-dependency@1.2.2\"}}" >without/package.json
(cd with && install)
(cd without && install)
asks=$({ grep -rlE "(require\(|from )['\"]jest" with/node_modules/firebase-functions-test/lib --include=*.js || true; } | wc -l)
count() { grep -c '"node_modules/' "$1/package-lock.json"; }
more=$(($(count with) - $(count without)))
{
  echo "files of firebase-functions-test that ask for jest: $asks"
  echo "jest installed beside it: $(test -e with/node_modules/jest-cli && echo yes || echo no)"
  echo "packages that only jest brings: $(((more > 200)) && echo 'more than 200' || echo "$more")"
  cd without
  GCLOUD_PROJECT=demo-finding node -e "console.log('an empty package in jest\'s place: wrap is a ' + typeof require('firebase-functions-test')().wrap)"
} | tee "$folder/seen"
diff "$folder/seen" - <<'SEEN'
files of firebase-functions-test that ask for jest: 0
jest installed beside it: yes
packages that only jest brings: more than 200
an empty package in jest's place: wrap is a function
SEEN
