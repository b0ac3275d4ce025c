#!/usr/bin/env bash
# @garmin/fitsdk 21.217.0 and fit-file-parser 6.1.2 (npm, Node 20 and newer), fit-tool 0.9.16, fitdecode 0.11.0 and fitparse 1.2.0 (PyPI, Python
# 3.11 and newer).
# One would expect: FIT's profile gives the weight of a scale that has not finished a word of its own (65534 is "calculating"), and what reads
# such files, Garmin's own library first of all, says so or leaves the weight out, as it writes other such numbers as their words.
# What happens: Garmin's library, whose profile has the word, gives the number, hundredths of a kilogram: 655.34 kg. So does
# fit-file-parser, whose type for a weight is 'calculating' | number, and fit-tool, which has the word among its constants. The two
# others, fitdecode and fitparse, give the word. A history made by the first three has a day of 655 kg in it.
# Seen (a weighing of 83.2 kg, then one that is not finished):
#   the profile of @garmin/fitsdk, weight 65534: calculating
#   @garmin/fitsdk: 83.2, 655.34
#   fit-file-parser: 83.2, 655.34
#   fit-tool: 83.2, 655.34
#   fitdecode: 83.2, calculating
#   fitparse: 83.2, calculating
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @garmin/fitsdk@21.217.0 fit-file-parser@6.1.2 >/dev/null 2>&1
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check fit-tool==0.9.16 fitdecode==0.11.0 fitparse==1.2.0 2>/dev/null
cat >write-and-read.mjs <<'JS'
import { writeFileSync } from 'node:fs';
import { Decoder, Encoder, Profile, Stream } from '@garmin/fitsdk';
import FitParser from 'fit-file-parser';

console.log(`the profile of @garmin/fitsdk, weight 65534: ${Profile.types.weight[65534]}`);
const encoder = new Encoder();
const morning = Date.UTC(2026, 10, 30, 6, 30);
const head = { type: 'weight', manufacturer: 'development', product: 1, serialNumber: 1, timeCreated: new Date(morning) };
encoder.onMesg(Profile.MesgNum.FILE_ID, head);
// The encoder takes kilograms and writes hundredths of them: 8320, and 65534.
for (const [minute, weight] of [83.2, 655.34].entries()) {
  encoder.onMesg(Profile.MesgNum.WEIGHT_SCALE, { timestamp: new Date(morning + minute * 60_000), weight });
}
const file = encoder.close();
writeFileSync('weighings.fit', file);
const { messages } = new Decoder(Stream.fromByteArray([...file])).read();
console.log(`@garmin/fitsdk: ${messages.weightScaleMesgs.map(({ weight }) => weight).join(', ')}`);
const parsed = await new FitParser().parseAsync(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength));
console.log(`fit-file-parser: ${parsed.messages.weight_scale.map(({ weight }) => weight).join(', ')}`);
JS
cat >read.py <<'PY'
import fitdecode
import fitparse
from fit_tool.fit_file import FitFile
from fit_tool.profile.messages.weight_scale_message import WeightScaleMessage

messages = [record.message for record in FitFile.from_file('weighings.fit').records]
print('fit-tool:', ', '.join(str(message.weight) for message in messages if isinstance(message, WeightScaleMessage)))
with fitdecode.FitReader('weighings.fit') as frames:
    weighings = [frame for frame in frames if isinstance(frame, fitdecode.FitDataMessage) and frame.name == 'weight_scale']
    print('fitdecode:', ', '.join(str(weighing.get_value('weight')) for weighing in weighings))
weighings = fitparse.FitFile('weighings.fit').get_messages('weight_scale')
print('fitparse:', ', '.join(str(weighing.get_value('weight')) for weighing in weighings))
PY
{ node write-and-read.mjs && env/bin/python read.py; } | tee seen
diff seen - <<'SEEN'
the profile of @garmin/fitsdk, weight 65534: calculating
@garmin/fitsdk: 83.2, 655.34
fit-file-parser: 83.2, 655.34
fit-tool: 83.2, 655.34
fitdecode: 83.2, calculating
fitparse: 83.2, calculating
SEEN
