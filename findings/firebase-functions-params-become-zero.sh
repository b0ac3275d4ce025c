#!/usr/bin/env bash
# firebase-functions 7.4.0 (npm), Node 20 and newer.
# One would expect: a parameter of a declared type has a value of that type that somebody gave: the environment's or the declared default's;
# what cannot be read as one stops the process, as a list that is no JSON does.
# What happens: value() reads the environment alone and makes nought of whatever it does not understand. A declared default is there for
# the Firebase CLI; value() never looks at it, so that a process that was started otherwise (a container, a test) has 0, false and '' in
# its place. "1_000" is 1 and "abc" is 0; "1", "TRUE" and "yes" are false, so a check that somebody meant to switch on is off.
# Seen:
#   defineInt, default 30, not set: 0
#   defineBoolean, default true, not set: false
#   defineString, default "eu", not set: ""
#   defineInt, set to "abc": 0
#   defineInt, set to "1_000": 1
#   defineBoolean, set to "1", "TRUE", "yes": false, false, false
#   defineList, set to "a,b": SyntaxError
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
echo '{"private":true,"dependencies":{"firebase-functions":"7.4.0","firebase-admin":"13.10.0"}}' >package.json
npm install --silent --no-audit --no-fund >/dev/null 2>&1
cat >read.cjs <<'JS'
const { defineBoolean, defineInt, defineList, defineString } = require('firebase-functions/params');
let names = 0;
function read(define, set, options) {
  const name = `PARAMETER_${(names += 1)}`;
  if (set !== undefined) process.env[name] = set;
  try {
    return JSON.stringify(define(name, options).value());
  } catch (error) {
    return error.name;
  }
}
console.log(`defineInt, default 30, not set: ${read(defineInt, undefined, { default: 30 })}`);
console.log(`defineBoolean, default true, not set: ${read(defineBoolean, undefined, { default: true })}`);
console.log(`defineString, default "eu", not set: ${read(defineString, undefined, { default: 'eu' })}`);
console.log(`defineInt, set to "abc": ${read(defineInt, 'abc')}`);
console.log(`defineInt, set to "1_000": ${read(defineInt, '1_000')}`);
console.log(`defineBoolean, set to "1", "TRUE", "yes": ${['1', 'TRUE', 'yes'].map((set) => read(defineBoolean, set)).join(', ')}`);
console.log(`defineList, set to "a,b": ${read(defineList, 'a,b')}`);
JS
node read.cjs | tee seen
diff seen - <<'SEEN'
defineInt, default 30, not set: 0
defineBoolean, default true, not set: false
defineString, default "eu", not set: ""
defineInt, set to "abc": 0
defineInt, set to "1_000": 1
defineBoolean, set to "1", "TRUE", "yes": false, false, false
defineList, set to "a,b": SyntaxError
SEEN
