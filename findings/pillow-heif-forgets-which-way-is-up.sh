#!/usr/bin/env bash
# pillow-heif 1.8.1 with pillow 13.0.0 (PyPI), Python 3.11 and newer.
# One would expect: a photo that was taken with the phone upright, saved as HEIC with the Exif that Pillow gives (`exif=photo.getexif()`), stands
# upright, as it does when Pillow saves it as AVIF in the same way, and as HEIC when the same Exif is given as bytes.
# What happens: given as Pillow's own object, the Exif is written, but which way is up is not, since it is looked for in bytes alone and what then
# goes wrong is passed over. A HEIC is turned by its own mark and never by Exif, so that every reader shows the photo lying on its side, and
# pillow-heif, when it opens the file, sets the Exif's to upright: nothing tells any more that the photo lies. By bytes, or by leaving the option
# out, it stands.
# Seen (a photo of 64 by 48 that stands by its Exif; the size after exif_transpose, whether the file has the mark, and the Exif's word as it is
# opened):
#   HEIC, exif as an object: 64 x 48, no mark, 1
#   HEIC, exif as bytes: 48 x 64, marked, 1
#   HEIC, exif left out: 48 x 64, marked, 1
#   AVIF, exif as an object: 48 x 64, marked, 6
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check pillow==13.0.0 pillow-heif==1.8.1 2>/dev/null
cat >save.py <<'PY'
from pathlib import Path

from PIL import Image, ImageOps
from pillow_heif import register_heif_opener

register_heif_opener()
ORIENTATION = 0x0112
exif = Image.Exif()
exif[ORIENTATION] = 6
Image.new('RGB', (64, 48), 'red').save('phone.jpg', exif=exif)
photo = Image.open('phone.jpg')

def save(name, format, **options):
    file = f'saved.{format.lower()}'
    photo.save(file, **options)
    mark = 'marked' if b'irot' in Path(file).read_bytes() else 'no mark'
    with Image.open(file) as saved:
        width, height = ImageOps.exif_transpose(saved).size
        print(f'{format}, exif {name}: {width} x {height}, {mark}, {saved.getexif().get(ORIENTATION)}')

save('as an object', 'HEIC', exif=photo.getexif())
save('as bytes', 'HEIC', exif=photo.getexif().tobytes())
save('left out', 'HEIC')
save('as an object', 'AVIF', exif=photo.getexif())
PY
env/bin/python save.py | tee seen
diff seen - <<'SEEN'
HEIC, exif as an object: 64 x 48, no mark, 1
HEIC, exif as bytes: 48 x 64, marked, 1
HEIC, exif left out: 48 x 64, marked, 1
AVIF, exif as an object: 48 x 64, marked, 6
SEEN
