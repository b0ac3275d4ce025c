#!/usr/bin/env bash
# @inlang/paraglide-js 2.25.4 with @inlang/plugin-message-format 4.4.4 (npm), Node 20 and newer.
# One would expect: where a language lacks the sentence for one case of a message, as a translation does that is not finished, the reader gets
# that of the base language, as for a message which the language lacks altogether; or else no sentence.
# What happens: it depends on how many cases the language has. With none the base language's sentence comes. With two or more the reader sees the
# message's key. With one the compiler leaves the condition out: that one sentence is said in every case, and a scan that failed is "Fertig" (done).
# Seen (state by "done", "running" and "failed" in English):
#   English, failed: Failed
#   Hindi, which has no case, failed: Failed
#   French, which has done and running, failed: state
#   German, which has done alone, failed: Fertig
#   German, which has one scan but not many, 7: 7 Aufnahme
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
echo '{"private":true,"type":"module","dependencies":{"@inlang/paraglide-js":"2.25.4","@inlang/plugin-message-format":"4.4.4"}}' >package.json
npm install --silent --no-audit --no-fund >/dev/null 2>&1
mkdir -p messages project.inlang
cat >project.inlang/settings.json <<'JSON'
{ "baseLocale": "en", "locales": ["en", "de", "fr", "hi"],
  "modules": ["./node_modules/@inlang/plugin-message-format/dist/index.js"],
  "plugin.inlang.messageFormat": { "pathPattern": "./messages/{locale}.json" } }
JSON
state() { echo '"state":[{"declarations":["input at"],"selectors":["at"],"match":{'"$1"'}}]'; }
scans() { echo '"scans":[{"declarations":["input count","local plural = count: plural"],"selectors":["plural"],"match":{'"$1"'}}]'; }
echo "{$(state '"at=done":"Done","at=running":"Running","at=failed":"Failed"'),$(scans '"plural=one":"{count} scan","plural=other":"{count} scans"')}" >messages/en.json
echo "{$(state '"at=done":"Fertig"'),$(scans '"plural=one":"{count} Aufnahme"')}" >messages/de.json
echo "{$(state '"at=done":"Terminé","at=running":"En cours"')}" >messages/fr.json
echo '{}' >messages/hi.json
npx paraglide-js compile --project ./project.inlang --outdir ./out --silent >/dev/null
cat >say.mjs <<'JS'
import { m } from './out/messages.js';
const failed = (locale) => m.state({ at: 'failed' }, { locale });
console.log(`English, failed: ${failed('en')}`);
console.log(`Hindi, which has no case, failed: ${failed('hi')}`);
console.log(`French, which has done and running, failed: ${failed('fr')}`);
console.log(`German, which has done alone, failed: ${failed('de')}`);
console.log(`German, which has one scan but not many, 7: ${m.scans({ count: 7 }, { locale: 'de' })}`);
JS
node say.mjs | tee seen
diff seen - <<'SEEN'
English, failed: Failed
Hindi, which has no case, failed: Failed
French, which has done and running, failed: state
German, which has done alone, failed: Fertig
German, which has one scan but not many, 7: 7 Aufnahme
SEEN
