#!/usr/bin/env bash
# fhirpathpy 2.2.4 (PyPI), Python 3.10 and newer, beside fhirpath 5.2.2 (npm), Node 20 and newer.
# One would expect: FHIRPath finds an observation by its value, written as the observation writes it, and compares quantities in UCUM's units: a
# kilogram is a thousand grams as a centimetre is ten millimetres.
# What happens: in the library for Python, a number of a resource that json.load has read is a float and one of an expression a decimal, and the two
# are compared to the last binary place. 83.5 kg is found and 83.2 kg is not, neither as a number nor as a quantity; of the tenths of a
# kilogram, one in five is found. Centimetres and millimetres are converted; kilograms and grams, metres, inches and per cent are not, and are unequal.
# Seen (JavaScript, Python):
#   83.5 kg, Observation.value = 83.5 'kg': true, True
#   83.2 kg, Observation.value = 83.2 'kg': true, False
#   83.2 kg, Observation.value.value = 83.2: true, False
#   1 'cm' = 10 'mm': true, True
#   1 'kg' = 1000 'g': true, False
#   1 'm' = 100 'cm': true, False
#   1 '[in_i]' = 2.54 'cm': true, False
#   18.2 '%' = 0.182 '1': true, False
#   of 100 weights from 80.0 to 89.9 kg, found by their own number: 100, 20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check fhirpathpy==2.2.4 2>/dev/null
npm init -y >/dev/null
npm install --silent --no-audit --no-fund fhirpath@5.2.2
cat >make.py <<'PY'
import json

def observation(kilograms):
    quantity = {'value': kilograms, 'unit': 'kg', 'system': 'http://unitsofmeasure.org', 'code': 'kg'}
    return {'resourceType': 'Observation', 'status': 'final', 'code': {'text': 'Body weight'}, 'valueQuantity': quantity}

asked = [(f"{number} kg, Observation.{path}", number, f'Observation.{path}') for number, path in (
    (83.5, "value = 83.5 'kg'"), (83.2, "value = 83.2 'kg'"), (83.2, 'value.value = 83.2'))]
asked += [(between, 1, between) for between in (
    "1 'cm' = 10 'mm'", "1 'kg' = 1000 'g'", "1 'm' = 100 'cm'", "1 '[in_i]' = 2.54 'cm'", "18.2 '%' = 0.182 '1'")]
asked += [('tenths', tenth / 10, f'Observation.value.value = {tenth / 10}') for tenth in range(800, 900)]
json.dump([[name, observation(number), expression] for name, number, expression in asked], open('asked.json', 'w'))
PY
cat >find.mjs <<'JS'
import { readFileSync, writeFileSync } from 'node:fs';
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4/index.js';
const asked = JSON.parse(readFileSync('asked.json', 'utf8'));
writeFileSync('found.json', JSON.stringify(asked.map(([, observation, expression]) => fhirpath.evaluate(observation, expression, null, r4)[0])));
JS
cat >find.py <<'PY'
import json

from fhirpathpy import evaluate
from fhirpathpy.models import models

found = [0, 0]
for (name, observation, expression), javascript in zip(json.load(open('asked.json')), json.load(open('found.json'))):
    [python] = evaluate(observation, expression, {}, models['r4'])
    if name == 'tenths':
        found = [found[0] + javascript, found[1] + python]
    else:
        print(f'{name}: {str(javascript).lower()}, {python}')
print('of 100 weights from 80.0 to 89.9 kg, found by their own number: {}, {}'.format(*found))
PY
env/bin/python make.py
node find.mjs
env/bin/python find.py | tee seen
diff seen - <<'SEEN'
83.5 kg, Observation.value = 83.5 'kg': true, True
83.2 kg, Observation.value = 83.2 'kg': true, False
83.2 kg, Observation.value.value = 83.2: true, False
1 'cm' = 10 'mm': true, True
1 'kg' = 1000 'g': true, False
1 'm' = 100 'cm': true, False
1 '[in_i]' = 2.54 'cm': true, False
18.2 '%' = 0.182 '1': true, False
of 100 weights from 80.0 to 89.9 kg, found by their own number: 100, 20
SEEN
