#!/usr/bin/env bash
# @base-ui/react 1.9.0 with react 19.3.1 (npm), Node 20 and newer.
# One would expect: a number field that is told its language reads a number as that language writes it; the other sign of the two it takes for
# a decimal point as well, since a phone's keypad has only that of the phone's own region, or it refuses it. It takes the digits of Hindi, as it
# takes those of Arabic.
# What happens: the other sign is taken for the one that sets thousands apart, wherever it stands, and dropped: who weighs 83.2 kg weighs 832.
# Where no thousands are set apart, it depends on the language: German takes the point for the comma, English cuts off what is behind the
# comma. Of Devanagari digits it takes none.
# Seen (typed, and what the field then holds):
#   English, 83.2: 83.2
#   English, 83,2: 832
#   German, 83,2: 83.2
#   German, 83.2: 832
#   French, 83.2: 83.2
#   English without thousands, 83,2: 83
#   German without thousands, 83.2: 83.2
#   Arabic, ٨٣: 83
#   Hindi, ८३: nothing
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @base-ui/react@1.9.0 react@19.3.1 react-dom@19.3.1 jsdom@29.1.1 @testing-library/user-event@14.6.13 @testing-library/dom@10.4.2 >/dev/null 2>&1
cat >type.mjs <<'JS'
import { JSDOM } from 'jsdom';

const { window } = new JSDOM('', { pretendToBeVisual: true });
for (const name of ['document', 'navigator', 'Element', 'HTMLElement', 'HTMLInputElement', 'Node', 'ShadowRoot', 'requestAnimationFrame', 'cancelAnimationFrame']) {
  Object.defineProperty(globalThis, name, { value: window[name], configurable: true });
}
globalThis.window = window;
const { createElement } = await import('react');
const { flushSync } = await import('react-dom');
const { createRoot } = await import('react-dom/client');
const { NumberField } = await import('@base-ui/react/number-field');
const { userEvent } = await import('@testing-library/user-event');

async function type(language, typed, locale, format) {
  let held = null;
  const root = createRoot(document.body);
  const onValueChange = (value) => (held = value);
  flushSync(() => root.render(createElement(NumberField.Root, { locale, format, onValueChange }, createElement(NumberField.Input))));
  const user = userEvent.setup({ document });
  await user.type(document.querySelector('input[type=text]'), typed);
  await user.tab();
  console.log(`${language}, ${typed}: ${held ?? 'nothing'}`);
  flushSync(() => root.unmount());
}
await type('English', '83.2', 'en');
await type('English', '83,2', 'en');
await type('German', '83,2', 'de');
await type('German', '83.2', 'de');
await type('French', '83.2', 'fr');
await type('English without thousands', '83,2', 'en', { useGrouping: false });
await type('German without thousands', '83.2', 'de', { useGrouping: false });
await type('Arabic', '٨٣', 'ar-EG');
await type('Hindi', '८३', 'hi');
window.close();
process.exit();
JS
node type.mjs | tee seen
diff seen - <<'SEEN'
English, 83.2: 83.2
English, 83,2: 832
German, 83,2: 83.2
German, 83.2: 832
French, 83.2: 83.2
English without thousands, 83,2: 83
German without thousands, 83.2: 83.2
Arabic, ٨٣: 83
Hindi, ८३: nothing
SEEN
