#!/usr/bin/env bash
# sacoma-lib 0.1.0 (PyPI), Python 3.9 and newer.
# One would expect: a scale with eight electrodes that asks for sex and age before it tells body fat uses them for it.
# What happens: the equation, by the package's words that of the scale's own library bit for bit, has neither sex nor age in it: a man of 30 and
# a woman of 70 of one height and weight in whom the same is measured have the same fat.
# Seen (178 cm, 75 kg, arms of 330 ohms at the first frequency and 295 at the second):
#   a man of 30 years: 17.6 % fat
#   a woman of 70 years: 17.6 % fat
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check sacoma-lib==0.1.0 2>/dev/null
cat >weigh.py <<'PY'
from sacoma import Measurement, Sex, UserProfile, calculations

def fat(sex, age):
    # Trunk, left and right arm, left and right leg, at the first frequency and again at the second.
    ohms = [25, 330, 330, 260, 255, 22, 295, 295, 225, 220]
    body = calculations.compute(Measurement(weight_kg=75, impedances_ohm=ohms), UserProfile(height_cm=178, age=age, sex=sex))
    return f'{body.body_fat_percent:.1f} % fat'

print('a man of 30 years:', fat(Sex.MALE, 30))
print('a woman of 70 years:', fat(Sex.FEMALE, 70))
PY
env/bin/python weigh.py | tee seen
diff seen - <<'SEEN'
a man of 30 years: 17.6 % fat
a woman of 70 years: 17.6 % fat
SEEN
