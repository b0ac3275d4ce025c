#!/usr/bin/env bash
# pillow 13.0.0 (PyPI), Python 3.11 and newer, with sharp 0.35.5 (npm), Node 20 and newer.
# One would expect: a JPEG with a gain map (ISO 21496-1), made so that every old reader shows it as the JPEG that it is, is a JPEG to Pillow, as it is to
# sharp; a program that lets only JPEG in, by image.format or by Image.open's own list of formats, takes it. Pillow knows of such photos:
# it looks for the mark of the older kind (Ultra HDR's, in XMP) and then says JPEG.
# What happens: the standard's own mark is not looked for. The photo is of format MPO and has two frames, also when JPEG alone was asked for, so
# that image.format == 'JPEG' refuses such a photo. Written again, in the format that Pillow found and with both frames, it has no gain map any more.
# Seen (by Pillow, by sharp):
#   as sharp writes it: JPEG, 1 frame; jpeg
#   with a gain map, opened with formats=['JPEG']: MPO, 2 frames; jpeg
#   with a gain map and the older mark: JPEG, 1 frame; jpeg
#   with a gain map: MPO, 2 frames; jpeg
#   the last, saved by Pillow with all frames: MPO, 2 frames; jpeg without gain map
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check pillow==13.0.0 2>/dev/null
npm init -y >/dev/null
npm install --silent --no-audit --no-fund sharp@0.35.5
cat >make.mjs <<'JS'
import { writeFileSync } from 'node:fs';
import sharp from 'sharp';
const [width, height] = [320, 240];
// Dark but for one bright corner.
const light = Float32Array.from({ length: width * height * 3 }, (_, at) => ((at / 3) % width < 160 && at < (width * height * 3) / 2 ? 65_535 : 3000));
const photo = () => sharp(light, { raw: { width, height, channels: 3 } }).jpeg();
await photo().toFile('plain.jpg');
const mapped = await photo().pipelineColourspace('scrgb').withGainMap().toBuffer();
writeFileSync('mapped.jpg', mapped);
// The older mark is a segment of XMP; the index of pictures behind it says how long the first picture is.
const xmp = Buffer.from(
  'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
    '<rdf:Description xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" hdrgm:Version="1.0"/></rdf:RDF></x:xmpmeta>',
);
const segment = Buffer.concat([Buffer.from([0xff, 0xe1, (xmp.length + 2) >> 8, (xmp.length + 2) & 255]), xmp]);
const marked = Buffer.concat([mapped.subarray(0, 2), segment, mapped.subarray(2)]);
const second = mapped.indexOf(Buffer.from([0xff, 0xd8, 0xff]), 2);
const length = Buffer.alloc(4);
length.writeUInt32BE(second);
marked.writeUInt32BE(second + segment.length, marked.indexOf(length, marked.indexOf('MPF\0')));
writeFileSync('marked.jpg', marked);
JS
cat >look.py <<'PY'
import sys

from PIL import Image

_, name, *formats = sys.argv
with Image.open(name, formats=formats or None) as image:
    frames = getattr(image, 'n_frames', 1)
    print(f"{image.format}, {frames} frame{'s' if frames > 1 else ''}; ", end='', flush=True)
    image.save('again.jpg', image.format, **({'save_all': True} if frames > 1 else {}))
PY
cat >look.mjs <<'JS'
import sharp from 'sharp';
const { format, gainMap } = await sharp(process.argv[2]).metadata();
console.log(format + (process.argv[3] && !gainMap ? ' without gain map' : ''));
JS
node make.mjs
{
  printf 'as sharp writes it: '; env/bin/python look.py plain.jpg; node look.mjs plain.jpg
  printf "with a gain map, opened with formats=['JPEG']: "; env/bin/python look.py mapped.jpg JPEG; node look.mjs mapped.jpg mapped
  printf 'with a gain map and the older mark: '; env/bin/python look.py marked.jpg; node look.mjs marked.jpg mapped
  printf 'with a gain map: '; env/bin/python look.py mapped.jpg; node look.mjs mapped.jpg mapped
  mv again.jpg saved.jpg
  printf 'the last, saved by Pillow with all frames: '; env/bin/python look.py saved.jpg; node look.mjs saved.jpg mapped
} | tee seen
diff seen - <<'SEEN'
as sharp writes it: JPEG, 1 frame; jpeg
with a gain map, opened with formats=['JPEG']: MPO, 2 frames; jpeg
with a gain map and the older mark: JPEG, 1 frame; jpeg
with a gain map: MPO, 2 frames; jpeg
the last, saved by Pillow with all frames: MPO, 2 frames; jpeg without gain map
SEEN
