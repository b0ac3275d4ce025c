#!/usr/bin/env bash
# apple-health-parser 2.0.5 (PyPI), Python 3.11 and newer.
# One would expect: the mean that a parser of Apple's health export gives for a day is the mean of that day's values. Apple writes body fat and the
# like as a share of one (0.182, with the unit %), heights in metres or feet, weights with tenths.
# What happens: whatever is counted, what an operation gives for a day is rounded to a whole number. Body fat is 0 on every day, a height of 1.83 m
# is 2, and a weight that falls by a tenth a day stands still for ten days and then falls by one. Oxygen saturation alone, also a share, is
# multiplied by a hundred before.
# Seen (two days, operation mean beside none):
#   body fat: 0.0, 0.0 beside 0.182, 0.181
#   height: 2.0 beside 1.83
#   weight: 83.0, 83.0 beside 83.4, 83.3
#   oxygen: 97.0 beside 97.0
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv env
# Without what draws plots and reports (a browser among it), which reading does not use.
env/bin/pip install --quiet --disable-pip-version-check --no-deps apple-health-parser==2.0.5 2>/dev/null
env/bin/pip install --quiet --disable-pip-version-check pandas==3.1.1 numpy==2.4.6 lxml==6.1.3 pydantic==2.14.4 pydantic-extra-types==2.11.1 click==8.5.1 pyyaml==6.0.4 2>/dev/null
cat >read.py <<'PY'
import logging
import zipfile

from apple_health_parser.utils.parser import Parser
from apple_health_parser.utils.preprocessor import Preprocessor

logging.disable(logging.CRITICAL)
KINDS = {
    'body fat': ('BodyFatPercentage', '%', ['0.182', '0.181']),
    'height': ('Height', 'm', ['1.83']),
    'weight': ('BodyMass', 'kg', ['83.4', '83.3']),
    'oxygen': ('OxygenSaturation', '%', ['0.97']),
}
records = []
for kind, unit, values in KINDS.values():
    for day, value in enumerate(values, 28):
        at = f'2026-11-{day} 08:00:00 +0000'
        records.append(
            f'<Record type="HKQuantityTypeIdentifier{kind}" sourceName="Scale" unit="{unit}"'
            f' creationDate="{at}" startDate="{at}" endDate="{at}" value="{value}"/>'
        )
me = ''.join(f' HKCharacteristicTypeIdentifier{name}=""' for name in ('DateOfBirth', 'BiologicalSex', 'BloodType', 'FitzpatrickSkinType'))
with zipfile.ZipFile('export.zip', 'w') as export:
    export.writestr(
        'apple_health_export/export.xml',
        f'<HealthData locale="en_US"><ExportDate value="2026-11-30 08:00:00 +0000"/><Me{me}/>{"".join(records)}</HealthData>',
    )
parser = Parser(export_file='export.zip', output_dir='out')
for name, (kind, _, _) in KINDS.items():
    def values(operation):
        data = parser.get_flag_records(f'HKQuantityTypeIdentifier{kind}')
        return ', '.join(str(round(value, 6)) for value in Preprocessor(data=data, year=2026, operation=operation).get_dataframe().value)
    print(f'{name}: {values("mean")} beside {values(None)}')
PY
env/bin/python read.py | tee seen
diff seen - <<'SEEN'
body fat: 0.0, 0.0 beside 0.182, 0.181
height: 2.0 beside 1.83
weight: 83.0, 83.0 beside 83.4, 83.3
oxygen: 97.0 beside 97.0
SEEN
