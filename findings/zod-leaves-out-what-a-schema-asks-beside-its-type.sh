#!/usr/bin/env bash
# zod 4.6.7 beside ajv 8.20.0 (npm), Node 20 and newer.
# One would expect: z.fromJSONSchema (by its own words semi-experimental) makes a schema that takes what the JSON Schema takes, or refuses with the
# name of what it cannot say, as it refuses `not`, `if` and `dependentRequired`.
# What happens: it refuses some keywords and leaves others out without a word. A branch of `anyOf`, `oneOf` or `allOf` that names no type asks
# nothing, so that "pounds or kilograms must be there", as it is commonly written, takes by anyOf an object with neither, and refuses by oneOf every
# object, since both branches hold. What stands beside a $ref or an enum is gone, and so are properties of a schema that does not say "object".
# Seen (ajv, zod):
#   pounds or kilograms by anyOf, neither: refused, taken
#   pounds or kilograms by oneOf, kilograms: taken, refused
#   kilograms required by allOf, none: refused, taken
#   $ref with a maximum of 500 beside it, 900: refused, taken
#   enum with a least length beside it, shorter: refused, taken
#   at most 10 or at least 90, 50: refused, taken
#   properties without a type, negative kilograms: refused, taken
#   not, if, dependentRequired: refused by name, three times
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund zod@4.6.7 ajv@8.20.0
cat >read.mjs <<'JS'
import { Ajv2020 } from 'ajv/dist/2020.js';
import { fromJSONSchema } from 'zod';

const ajv = new Ajv2020({ strict: false });
const weight = { type: 'number', exclusiveMinimum: 0 };
const scan = { type: 'object', properties: { lb: weight, kg: weight } };
const oneOfTwo = [{ required: ['lb'] }, { required: ['kg'] }];
const word = (taken) => (taken ? 'taken' : 'refused');
function read(name, schema, value) {
  console.log(`${name}: ${word(ajv.validate(schema, value))}, ${word(fromJSONSchema(schema).safeParse(value).success)}`);
}
read('pounds or kilograms by anyOf, neither', { ...scan, anyOf: oneOfTwo }, {});
read('pounds or kilograms by oneOf, kilograms', { ...scan, oneOf: oneOfTwo }, { kg: 83.2 });
read('kilograms required by allOf, none', { ...scan, allOf: [{ required: ['kg'] }] }, {});
read('$ref with a maximum of 500 beside it, 900', { $ref: '#/$defs/weight', maximum: 500, $defs: { weight } }, 900);
read('enum with a least length beside it, shorter', { type: 'string', enum: ['front', 'left'], minLength: 5 }, 'left');
read('at most 10 or at least 90, 50', { type: 'number', anyOf: [{ maximum: 10 }, { minimum: 90 }] }, 50);
read('properties without a type, negative kilograms', { properties: { kg: weight } }, { kg: -1 });
let named = 0;
for (const more of [{ not: { required: ['lb'] } }, { if: { required: ['lb'] }, then: { required: ['kg'] } }, { dependentRequired: { lb: ['kg'] } }]) {
  try {
    fromJSONSchema({ ...scan, ...more });
  } catch (error) {
    if (/not is|if\/then|dependentRequired/.test(error.message)) named += 1;
  }
}
console.log(`not, if, dependentRequired: refused by name, ${named === 3 ? 'three' : named} times`);
JS
node read.mjs | tee seen
diff seen - <<'SEEN'
pounds or kilograms by anyOf, neither: refused, taken
pounds or kilograms by oneOf, kilograms: taken, refused
kilograms required by allOf, none: refused, taken
$ref with a maximum of 500 beside it, 900: refused, taken
enum with a least length beside it, shorter: refused, taken
at most 10 or at least 90, 50: refused, taken
properties without a type, negative kilograms: refused, taken
not, if, dependentRequired: refused by name, three times
SEEN
