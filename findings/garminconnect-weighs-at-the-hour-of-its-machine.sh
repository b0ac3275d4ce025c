#!/usr/bin/env bash
# garminconnect 0.3.2 and fitdecode 0.11.0 (PyPI), Python 3.11 and newer; withings-sync 6.1.0 (PyPI) has the same encoder.
# One would expect: a weighing that is uploaded with its time and that time's offset from UTC is in the file at that instant, wherever the program
# runs, and a scale's 16.4 % is 16.4 %, since FIT has two places for it.
# What happens: the offset is dropped, and what is left is taken for the local time of the machine, so that a weighing at seven in Berlin is an
# hour late from a server in UTC and six hours late from one in New York. Numbers are cut and not rounded: 16.4 times 100 is a little less than
# 1640, so 16.39 is written; of the tenths between 5 and 45 per cent, one in twelve loses a hundredth.
# Seen (2026-11-30T07:00:00+01:00, which is 06:00 UTC):
#   on a machine in Europe/Berlin: 06:00 UTC
#   on a machine in UTC: 07:00 UTC
#   on a machine in America/New_York: 12:00 UTC
#   16.4 % fat, 64.1 kg of muscle: 16.39, 64.09
#   of 401 tenths from 5 to 45 %, written a hundredth lower: 33
#   withings-sync, on a machine in UTC: 07:00 UTC, 16.39, 64.09
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check garminconnect==0.3.2 withings-sync==6.1.0 fitdecode==0.11.0 2>/dev/null
cat >weigh.py <<'PY'
import io
import os
import time
from datetime import datetime

import fitdecode
from garminconnect import Garmin
from withings_sync.fit import FitEncoderWeight

class Upload:
    """Stands where the connection to Garmin would, and keeps the file."""
    def post(self, *_, files, **__):
        self.file = files['file'][1]

def read(file):
    """Instant, per cent of fat and kilograms of muscle of the one weighing in a file."""
    with fitdecode.FitReader(io.BytesIO(file)) as frames:
        [frame] = [each for each in frames if each.frame_type == fitdecode.FIT_FRAME_DATA and each.name == 'weight_scale']
    return [frame.get_value(name) for name in ('timestamp', 'percent_fat', 'muscle_mass')]

moment = '2026-11-30T07:00:00+01:00'

def upload(fat):
    garmin = Garmin()
    garmin.client = Upload()
    garmin.add_body_composition(moment, 83.2, percent_fat=fat, muscle_mass=64.1)
    return read(garmin.client.file)

for zone in ('Europe/Berlin', 'UTC', 'America/New_York'):
    os.environ['TZ'] = zone
    time.tzset()
    print(f'on a machine in {zone}: {upload(16.4)[0]:%H:%M %Z}')
print('16.4 % fat, 64.1 kg of muscle: {1}, {2}'.format(*upload(16.4)))
print('of 401 tenths from 5 to 45 %, written a hundredth lower:', sum(upload(tenth / 10)[1] < tenth / 10 for tenth in range(50, 451)))
os.environ['TZ'] = 'UTC'
time.tzset()
encoder = FitEncoderWeight()
encoder.write_file_info()
encoder.write_file_creator()
encoder.write_weight_scale(timestamp=datetime.fromisoformat(moment), weight=83.2, percent_fat=16.4, muscle_mass=64.1)
encoder.finish()
print('withings-sync, on a machine in UTC: {0:%H:%M %Z}, {1}, {2}'.format(*read(encoder.getvalue())))
PY
env/bin/python weigh.py | tee seen
diff seen - <<'SEEN'
on a machine in Europe/Berlin: 06:00 UTC
on a machine in UTC: 07:00 UTC
on a machine in America/New_York: 12:00 UTC
16.4 % fat, 64.1 kg of muscle: 16.39, 64.09
of 401 tenths from 5 to 45 %, written a hundredth lower: 33
withings-sync, on a machine in UTC: 07:00 UTC, 16.39, 64.09
SEEN
