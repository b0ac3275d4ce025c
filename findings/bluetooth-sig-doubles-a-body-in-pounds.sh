#!/usr/bin/env bash
# bluetooth-sig 0.6.0 (PyPI), Python 3.11 and newer.
# One would expect: a measurement that the library writes as a Bluetooth scale sends it (to play a scale in a test, or to pass a weighing on) is
# read by the same library as it was, in kilograms as in pounds. The standard's Body Composition Measurement counts in 0.005 kg or in 0.01 lb.
# What happens: each mass of such a measurement is read by its unit, and written in steps of 0.005 whatever the unit is. In pounds the weight, the
# muscle and what is free of fat come out doubled, and a body of 328 lb or more is refused as too large, although twice that fits. Heights and per
# cents are right, and so are kilograms, and pounds in the plain Weight Measurement, so that a test in kilograms or of the simpler scale says
# nothing of it.
# Seen (written, and read again):
#   body composition, 83.2 kg, 66.5 kg free of fat, 1.83 m: 83.2, 66.5, 1.83
#   body composition, 183.2 lb, 146.6 lb free of fat, 72 in: 366.4, 293.2, 72.0
#   body composition, 330 lb: CharacteristicEncodeError, Weight raw value 66000 exceeds uint16 range
#   weight alone, 183.2 lb: 183.2
#   weight alone, 330 lb: 330.0
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check bluetooth-sig==0.6.0 2>/dev/null
cat >weigh.py <<'PY'
from bluetooth_sig.gatt.characteristics import BodyCompositionMeasurementCharacteristic, WeightMeasurementCharacteristic
from bluetooth_sig.gatt.characteristics.body_composition_measurement import BodyCompositionFlags as Flags, BodyCompositionMeasurementData
from bluetooth_sig.gatt.characteristics.weight_measurement import WeightMeasurementData, WeightMeasurementFlags
from bluetooth_sig.types.units import MeasurementSystem, WeightUnit

metric, imperial = MeasurementSystem.METRIC, MeasurementSystem.IMPERIAL

def body(system, weight, lean, height):
    scale = BodyCompositionMeasurementCharacteristic()
    flags = Flags.FAT_FREE_MASS_PRESENT | Flags.WEIGHT_PRESENT | Flags.HEIGHT_PRESENT
    if system == imperial:
        flags |= Flags.IMPERIAL_UNITS
    measured = BodyCompositionMeasurementData(
        body_fat_percentage=20.0, flags=flags, measurement_units=system, weight=weight, fat_free_mass=lean, height=height
    )
    read = scale.parse_value(scale.build_value(measured))
    return f'{read.weight:.1f}, {read.fat_free_mass:.1f}, {read.height}'

def weight_alone(weight):
    scale = WeightMeasurementCharacteristic()
    measured = WeightMeasurementData(
        weight=weight, weight_unit=WeightUnit.LB, measurement_units=imperial, flags=WeightMeasurementFlags.IMPERIAL_UNITS
    )
    return f'{scale.parse_value(scale.build_value(measured)).weight:.1f}'

print('body composition, 83.2 kg, 66.5 kg free of fat, 1.83 m:', body(metric, 83.2, 66.5, 1.83))
print('body composition, 183.2 lb, 146.6 lb free of fat, 72 in:', body(imperial, 183.2, 146.6, 72.0))
try:
    print('body composition, 330 lb:', body(imperial, 330, 230, 72.0))
except Exception as error:
    print(f'body composition, 330 lb: {type(error).__name__}, {error}')
print('weight alone, 183.2 lb:', weight_alone(183.2))
print('weight alone, 330 lb:', weight_alone(330))
PY
env/bin/python weigh.py | tee seen
diff seen - <<'SEEN'
body composition, 83.2 kg, 66.5 kg free of fat, 1.83 m: 83.2, 66.5, 1.83
body composition, 183.2 lb, 146.6 lb free of fat, 72 in: 366.4, 293.2, 72.0
body composition, 330 lb: CharacteristicEncodeError, Weight raw value 66000 exceeds uint16 range
weight alone, 183.2 lb: 183.2
weight alone, 330 lb: 330.0
SEEN
