#!/usr/bin/env bash
# fhir.resources 8.3.0 with fhir-core 1.1.12 (PyPI), Python 3.11 and newer.
# One would expect: a resource that is read and written again says the same. To FHIR the places of a decimal are part of the value ("0.010 is regarded as
# different to 0.01", datatypes, decimal): 83.20 kg was weighed to ten grams. fhir-core 1.1.9 says that 1.0 remains 1.0.
# What happens: zeros at the end of a number are gone once it is read, from text as from Python's own Decimal; what was weighed to ten grams is now
# weighed to a hundred. Of a number of many places the rest behind some seventeen is gone. A time with a part of a second gets six
# places of it.
# Seen (read, and written again):
#   83.20: 83.2
#   83.20 as a Decimal: 83.2
#   18.0: 18.0
#   18.00: 18.0
#   0.010: 0.01
#   0.12345678901234567890: 0.12345678901234568
#   2026-11-30T07:00:00Z: 2026-11-30T07:00:00Z
#   2026-11-30T07:00:00.1Z: 2026-11-30T07:00:00.100000Z
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check fhir.resources==8.3.0 fhir-core==1.1.12 2>/dev/null
cat >weigh.py <<'PY'
import json
import re
from decimal import Decimal

from fhir.resources.R4B.observation import Observation

def text(value='83.2', time='2026-11-30T07:00:00Z'):
    quantity = f'{{"value":{value},"unit":"kg","system":"http://unitsofmeasure.org","code":"kg"}}'
    return f'{{"resourceType":"Observation","status":"final","code":{{"text":"Weight"}},"effectiveDateTime":"{time}","valueQuantity":{quantity}}}'

def value(observation):
    return re.search(r'"value":([^,]*)', observation.model_dump_json()).group(1)

print('83.20:', value(Observation.model_validate_json(text('83.20'))))
print('83.20 as a Decimal:', value(Observation.model_validate(json.loads(text('83.20'), parse_float=Decimal))))
for number in ('18.0', '18.00', '0.010', '0.12345678901234567890'):
    print(f'{number}:', value(Observation.model_validate_json(text(number))))
for time in ('2026-11-30T07:00:00Z', '2026-11-30T07:00:00.1Z'):
    written = Observation.model_validate_json(text(time=time)).model_dump_json()
    print(f'{time}:', re.search(r'"effectiveDateTime":"([^"]*)', written).group(1))
PY
env/bin/python weigh.py | tee seen
diff seen - <<'SEEN'
83.20: 83.2
83.20 as a Decimal: 83.2
18.0: 18.0
18.00: 18.0
0.010: 0.01
0.12345678901234567890: 0.12345678901234568
2026-11-30T07:00:00Z: 2026-11-30T07:00:00Z
2026-11-30T07:00:00.1Z: 2026-11-30T07:00:00.100000Z
SEEN
