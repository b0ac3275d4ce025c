#!/usr/bin/env bash
# ucumvert 0.3.2 (PyPI), Python 3.11 and newer, beside @lhncbc/ucum-lhc 7.1.10 (npm), Node 20 and newer.
# One would expect: a unit's code has one size in every library that reads UCUM. [Cal], "nutrition label Calories", is a kilocalorie by UCUM's own
# table, which the package carries; a library that does not know a unit refuses it, as it refuses what is no code.
# What happens: codes are handed on to the library pint under names that there are other units'. Calorie is pint's small one, so that 2,000 Calories
# of a day's food are two kilocalories, without a word; a cubic foot is "centifoot", a length of three millimetres; a British rod is twelve times
# too short. Kilocalories by their own code are right, so that a test with kcal says nothing of a label's.
# Seen (by ucum-lhc, by ucumvert):
#   2000 kcal in kJ: 8368, 8368
#   2000 [Cal] in kJ: 8368, 8.368
#   2000 [Cal] in kcal: 2000, 2
#   1 [cft_i] in L: 28.31685, DimensionalityError
#   1 [cft_i] in mm: refused, 3.048
#   1 [rd_br] in m: 5.029196, 0.4191008
#   183.2 [lb_av] in kg: 83.09812, 83.09812
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check ucumvert==0.3.2 pint==0.25.3 2>/dev/null
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @lhncbc/ucum-lhc@7.1.10 >/dev/null 2>&1
cat >cases.json <<'JSON'
[[2000, "kcal", "kJ"], [2000, "[Cal]", "kJ"], [2000, "[Cal]", "kcal"], [1, "[cft_i]", "L"], [1, "[cft_i]", "mm"], [1, "[rd_br]", "m"], [183.2, "[lb_av]", "kg"]]
JSON
cat >convert.cjs <<'JS'
const { UcumLhcUtils } = require('@lhncbc/ucum-lhc');
for (const [value, from, to] of require('./cases.json')) {
  const { status, toVal } = UcumLhcUtils.getInstance().convertUnitTo(from, value, to);
  console.log(`${value} ${from} in ${to}: ${status === 'succeeded' ? Number(toVal.toPrecision(7)) : 'refused'}`);
}
JS
cat >convert.py <<'PY'
import json
import logging

from ucumvert import PintUcumRegistry

logging.disable(logging.CRITICAL)
registry = PintUcumRegistry()
with open('cases.json') as cases:
    for value, source, target in json.load(cases):
        try:
            print(f'{(value * registry.from_ucum(source)).to(registry.from_ucum(target).units).magnitude:.7g}')
        except Exception as error:
            print(type(error).__name__)
PY
node convert.cjs >javascript
env/bin/python convert.py >python
paste -d '|' javascript python | sed 's/|/, /' | tee seen
diff seen - <<'SEEN'
2000 kcal in kJ: 8368, 8368
2000 [Cal] in kJ: 8368, 8.368
2000 [Cal] in kcal: 2000, 2
1 [cft_i] in L: 28.31685, DimensionalityError
1 [cft_i] in mm: refused, 3.048
1 [rd_br] in m: 5.029196, 0.4191008
183.2 [lb_av] in kg: 83.09812, 83.09812
SEEN
