#!/usr/bin/env bash
# miscale 0.1.1 (PyPI), Python 3.11 and newer.
# One would expect: a bathroom scale's body fat follows weight, age and impedance without jumps, so that a step in somebody's history is
# a change of the body; of two people who differ in height alone, the taller burns more at rest, as by Harris and Benedict (1919: 5 kcal a
# centimetre for a man, 1.8 for a woman) and by Mifflin and St Jeor (1990: 6.25).
# What happens: the formulas, by its own words those of the library of the Mi Body Composition Scale, are made of cases. On
# the day on which a woman turns fifty she has three points less fat; a hundred grams over 60 kg give her three points more; a man
# who reaches 61 kg loses more than one. Height lowers the energy at rest, and a man's 2,309 kcal become 5,000 with a kilogram more.
# Seen:
#   a woman of 158 cm, 62 kg, 500 ohms, at 49 years: 39.0 % fat, at 50: 36.0 %
#   a woman of 158 cm, 35 years, 500 ohms, of 60.0 kg: 34.2 % fat, of 60.1 kg: 36.9 %
#   a man of 175 cm, 30 years, 500 ohms, of 60.9 kg: 13.7 % fat, of 61.0 kg: 12.0 %
#   a man of 80 kg, 30 years, of 170 cm: 1678 kcal a day at rest, of 190 cm: 1664 kcal
#   a man of 185 cm, 30 years, of 123 kg: 2309 kcal a day at rest, of 124 kg: 5000 kcal
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv env
# Without its dependency, a Bluetooth library that has to be compiled: the formulas use none.
env/bin/pip install --quiet --disable-pip-version-check --no-deps miscale==0.1.1 2>/dev/null
cat >weigh.py <<'PY'
from miscale.body_composition import BodyComposition

def fat(weight, height, age, sex):
    return f'{BodyComposition(weight, height, age, sex, 500).get_fat_percentage():.1f} %'

def rest(weight, height):
    return f'{BodyComposition(weight, height, 30, "male", 500).get_BMR():.0f} kcal'

woman, man = 'female', 'male'
print(f'a woman of 158 cm, 62 kg, 500 ohms, at 49 years: {fat(62, 158, 49, woman)} fat, at 50: {fat(62, 158, 50, woman)}')
print(f'a woman of 158 cm, 35 years, 500 ohms, of 60.0 kg: {fat(60, 158, 35, woman)} fat, of 60.1 kg: {fat(60.1, 158, 35, woman)}')
print(f'a man of 175 cm, 30 years, 500 ohms, of 60.9 kg: {fat(60.9, 175, 30, man)} fat, of 61.0 kg: {fat(61, 175, 30, man)}')
print(f'a man of 80 kg, 30 years, of 170 cm: {rest(80, 170)} a day at rest, of 190 cm: {rest(80, 190)}')
print(f'a man of 185 cm, 30 years, of 123 kg: {rest(123, 185)} a day at rest, of 124 kg: {rest(124, 185)}')
PY
env/bin/python weigh.py | tee seen
diff seen - <<'SEEN'
a woman of 158 cm, 62 kg, 500 ohms, at 49 years: 39.0 % fat, at 50: 36.0 %
a woman of 158 cm, 35 years, 500 ohms, of 60.0 kg: 34.2 % fat, of 60.1 kg: 36.9 %
a man of 175 cm, 30 years, 500 ohms, of 60.9 kg: 13.7 % fat, of 61.0 kg: 12.0 %
a man of 80 kg, 30 years, of 170 cm: 1678 kcal a day at rest, of 190 cm: 1664 kcal
a man of 185 cm, 30 years, of 123 kg: 2309 kcal a day at rest, of 124 kg: 5000 kcal
SEEN
