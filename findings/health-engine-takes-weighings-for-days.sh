#!/usr/bin/env bash
# health-engine 0.6.0 (PyPI), Python 3.11 and newer.
# One would expect: functions that are given weights with their dates, and say "lbs/week" and "days", look at the dates: one person who loses a
# pound a week does so however often the scale is stepped on, and a mean of seven days is one of seven days.
# What happens: the dates are passed on and never read; each entry counts as a day. Who steps on the scale every Monday is told of
# seven pounds a week and that this is very aggressive; who does so in the morning and in the evening, that it is too slow.
# Seen (a pound lost each week, 198 lb at the last of ten weighings):
#   every day: 1.0 lb a week, safe, mean of 7 days 198.4 lb
#   every week: 7.0 lb a week, very_aggressive, mean of 7 days 201.0 lb
#   twice a day: 0.5 lb a week, too_slow, mean of 7 days 198.2 lb
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv env
# Without its dependencies: these functions use none.
env/bin/pip install --quiet --disable-pip-version-check --no-deps health-engine==0.6.0 2>/dev/null
cat >weigh.py <<'PY'
from datetime import datetime, timedelta

from engine.tracking.weight import rate_assessment, rolling_average, weekly_rate

end = datetime(2026, 11, 30)
for name, days in (('every day', 1), ('every week', 7), ('twice a day', 0.5)):
    entries = [
        {'date': (end - timedelta(days=days * back)).isoformat(), 'weight': 198 + days * back / 7} for back in reversed(range(10))
    ]
    rate = weekly_rate(entries)
    mean = rolling_average(entries, 7)[-1]['rolling_avg']
    print(f'{name}: {rate:.1f} lb a week, {rate_assessment(rate, 198)}, mean of 7 days {mean} lb')
PY
env/bin/python weigh.py | tee seen
diff seen - <<'SEEN'
every day: 1.0 lb a week, safe, mean of 7 days 198.4 lb
every week: 7.0 lb a week, very_aggressive, mean of 7 days 201.0 lb
twice a day: 0.5 lb a week, too_slow, mean of 7 days 198.2 lb
SEEN
