#!/usr/bin/env bash
# pandas 3.1.1, pyreadstat 1.3.7 (PyPI, Python 3.11 and newer), xport-js 0.3.1 (npm, Node 20 and newer).
# One would expect: a SAS transport file, the form in which NHANES publishes its body measurements, is read alike by all readers: as many
# people as were written, and a zero as zero.
# What happens: of a file of three people that pyreadstat wrote and reads back, pandas reads the zero as 5.4e-79, so that == 0 finds nobody and
# > 0 finds everybody. xport-js takes the blanks that fill the last 80 bytes for people: it reads two more, each of whose numbers is 3.7e-40.
# Seen:
#   pyreadstat: 3 people, drinks 2, 0, 1, without a drink: 1
#   pandas: 3 people, drinks 2, 5.4e-79, 1, without a drink: 0
#   xport-js: 5 people, drinks 2, 0, 1, 3.7e-40, 3.7e-40, without a drink: 1
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check pandas==3.1.1 pyreadstat==1.3.7 numpy==2.4.6 2>/dev/null
npm init -y >/dev/null
npm install --silent --no-audit --no-fund xport-js@0.3.1
cat >write-and-read.py <<'PY'
import warnings

import pandas
import pyreadstat

warnings.simplefilter('ignore')
people = pandas.DataFrame({'SEQN': [109266.0, 109267.0, 109268.0], 'DRINKS': [2.0, 0.0, 1.0]})
pyreadstat.write_xport(people, 'people.xpt', file_format_version=5, table_name='ALQ')

def tell(reader, read):
    drinks = ', '.join(f'{drinks:.2g}' for drinks in read.DRINKS)
    print(f'{reader}: {len(read)} people, drinks {drinks}, without a drink: {(read.DRINKS == 0).sum()}')

tell('pyreadstat', pyreadstat.read_xport('people.xpt')[0])
tell('pandas', pandas.read_sas('people.xpt'))
PY
cat >read.cjs <<'JS'
const Library = require('xport-js').default;
(async () => {
  const people = [];
  for await (const person of new Library('people.xpt').read({ skipHeader: true })) people.push(person);
  const drinks = people.map(([, count]) => (Number.isInteger(count) ? count : count.toExponential(1)));
  console.log(`xport-js: ${people.length} people, drinks ${drinks.join(', ')}, without a drink: ${drinks.filter((count) => count === 0).length}`);
})();
JS
{ env/bin/python write-and-read.py; node read.cjs; } | tee seen
diff seen - <<'SEEN'
pyreadstat: 3 people, drinks 2, 0, 1, without a drink: 1
pandas: 3 people, drinks 2, 5.4e-79, 1, without a drink: 0
xport-js: 5 people, drinks 2, 0, 1, 3.7e-40, 3.7e-40, without a drink: 1
SEEN
