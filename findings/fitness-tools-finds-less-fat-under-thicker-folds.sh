#!/usr/bin/env bash
# fitness-tools 1.0.1 (PyPI), Python 3.11 and newer.
# One would expect: equations that a package calls validated are those that were published, and of two men of one age, the one with the thicker
# folds of skin has more fat.
# What happens: for men, JacksonPollock3Site takes the constant and the first term of one published equation (Jackson and Pollock 1978; chest,
# abdomen and thigh) and the square and the age of another (1985; chest, triceps and subscapular, the sites that it asks for). What comes
# out is neither: it finds less fat than both, and beyond a sum of 75 mm, an ordinary man's, the thicker the folds, the leaner the man.
# Seen (a man of 30 years, per cent of fat by Siri's equation):
#   folds of 45 mm: fitness-tools 10.0, equation of 1978 13.6, equation of 1985 18.2
#   folds of 75 mm: fitness-tools 12.2, equation of 1978 22.0, equation of 1985 27.0
#   folds of 120 mm: fitness-tools 7.5, equation of 1978 32.7, equation of 1985 32.0
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check fitness-tools==1.0.1 2>/dev/null
cat >folds.py <<'PY'
from fitness_tools import JacksonPollock3Site, Sex

def density_1978(folds, age):
    return 1.10938 - 0.0008267 * folds + 0.0000016 * folds**2 - 0.0002574 * age

def density_1985(folds, age):
    return 1.1125025 - 0.0013125 * folds + 0.0000055 * folds**2 - 0.000244 * age

age = 30
for fold in (15, 25, 40):
    calculator = JacksonPollock3Site(age, Sex.MALE, (fold, fold, fold))
    folds = 3 * fold
    print(
        f'folds of {folds} mm: fitness-tools {calculator.siri(calculator.body_density()):.1f},',
        f'equation of 1978 {calculator.siri(density_1978(folds, age)):.1f},',
        f'equation of 1985 {calculator.siri(density_1985(folds, age)):.1f}',
    )
PY
env/bin/python folds.py | tee seen
diff seen - <<'SEEN'
folds of 45 mm: fitness-tools 10.0, equation of 1978 13.6, equation of 1985 18.2
folds of 75 mm: fitness-tools 12.2, equation of 1978 22.0, equation of 1985 27.0
folds of 120 mm: fitness-tools 7.5, equation of 1978 32.7, equation of 1985 32.0
SEEN
