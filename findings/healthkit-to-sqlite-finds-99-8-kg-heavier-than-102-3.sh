#!/usr/bin/env bash
# healthkit-to-sqlite 1.0.1 with sqlite-utils 4.2.1 (PyPI), Python 3.11 and newer.
# One would expect: weights that were put into a database are numbers, so that max(value) is the heaviest and "value > 100" finds those above; what
# was measured once is there once (a record within a correlation, as both numbers of a blood pressure, stands in Apple's export a second time on its
# own, as the comment in its document type says); and a workout has its energy.
# What happens: each value is text, and is compared as text: of 99.8 and 102.3 kg the first is the heavier, and all weights of 11 kg and more are
# above 100. avg(value) is right, so that a first look says nothing of it. Both copies of a blood pressure are kept, the same to the last column. Of
# workouts as Apple has written them since iOS 16, with elements in the place of attributes, energy and distance are left out.
# Seen:
#   heaviest of 99.8 and 102.3 kg: 99.8
#   of these above 100 kg: 2
#   their mean: 101.05
#   blood pressures, of one that was measured: 2
#   energy of a workout with totalEnergyBurned: 300
#   energy of a workout with WorkoutStatistics: none
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check healthkit-to-sqlite==1.0.1 sqlite-utils==4.2.1 2>/dev/null
cat >export.py <<'PY'
from zipfile import ZipFile

def when(day):
    return ' '.join(f'{name}="2026-11-{day} 07:00:00 +0100"' for name in ('creationDate', 'startDate', 'endDate'))

def record(kind, unit, value, day):
    return f'<Record type="HKQuantityTypeIdentifier{kind}" sourceName="scale" unit="{unit}" {when(day)} value="{value}"/>'

pressure = record('BloodPressureSystolic', 'mmHg', 120, 30)
workout = f'workoutActivityType="HKWorkoutActivityTypeRunning" duration="30" durationUnit="min" sourceName="watch" {when(30)}'
text = f'''<?xml version="1.0" encoding="UTF-8"?>
<HealthData locale="en_GB">
 <ExportDate value="2026-11-30 08:00:00 +0100"/>
 {record('BodyMass', 'kg', 102.3, 29)}
 {record('BodyMass', 'kg', 99.8, 30)}
 {pressure}
 <Correlation type="HKCorrelationTypeIdentifierBloodPressure" sourceName="scale" {when(30)}>{pressure}</Correlation>
 <Workout {workout} totalEnergyBurned="300" totalEnergyBurnedUnit="kcal"/>
 <Workout {workout}><WorkoutStatistics type="HKQuantityTypeIdentifierActiveEnergyBurned" {when(30)} sum="300" unit="kcal"/></Workout>
</HealthData>'''
with ZipFile('export.zip', 'w') as archive:
    archive.writestr('apple_health_export/export.xml', text)
PY
cat >ask.py <<'PY'
from sqlite3 import connect

database = connect('health.db')

def ask(name, query):
    [(value,)] = database.execute(query)
    print(f"{name}: {'none' if value is None else value}")

ask('heaviest of 99.8 and 102.3 kg', 'select max(value) from rBodyMass')
ask('of these above 100 kg', 'select count(*) from rBodyMass where value > 100')
ask('their mean', 'select round(avg(value), 2) from rBodyMass')
ask('blood pressures, of one that was measured', 'select count(*) from rBloodPressureSystolic')
ask('energy of a workout with totalEnergyBurned', 'select totalEnergyBurned from workouts order by rowid limit 1')
ask('energy of a workout with WorkoutStatistics', 'select totalEnergyBurned from workouts order by rowid limit 1 offset 1')
PY
env/bin/python export.py
env/bin/healthkit-to-sqlite export.zip health.db >/dev/null 2>&1
env/bin/python ask.py | tee seen
diff seen - <<'SEEN'
heaviest of 99.8 and 102.3 kg: 99.8
of these above 100 kg: 2
their mean: 101.05
blood pressures, of one that was measured: 2
energy of a workout with totalEnergyBurned: 300
energy of a workout with WorkoutStatistics: none
SEEN
