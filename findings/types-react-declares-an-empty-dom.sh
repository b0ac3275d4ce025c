#!/usr/bin/env bash
# @types/react 19.3.3 (npm), TypeScript 5.9.3.
# One would expect: types of a library that is installed for one file leave other files of the program as they are; a program without
# `lib.dom` has no HTMLElement, and whoever names it is told so.
# What happens: @types/react declares the DOM's interfaces globally, without members, so that in every file of the program HTMLElement is
# known and has nothing. Code that declares what it uses of the DOM itself, or asks whether there is a DOM, meets the empty one.
# Seen:
#   without @types/react: error TS2304: Cannot find name 'HTMLElement'.
#   with @types/react: error TS2812: Property 'outerHTML' does not exist on type 'HTMLElement'.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund typescript@5.9.3 @types/react@19.3.3
echo 'export const textOf = (element: HTMLElement): string => element.outerHTML;' >page.ts
check() {
  echo "{\"compilerOptions\":{\"noEmit\":true,\"strict\":true,\"lib\":[\"es2023\"],\"types\":[$1]},\"files\":[\"page.ts\"]}" >tsconfig.json
  { npx tsc || true; } | sed -E 's/^page\.ts\([0-9,]+\): //; s/ Try changing.*//' | head -1
}
{
  echo "without @types/react: $(check '')"
  echo "with @types/react: $(check '"react"')"
} | tee "$folder/seen"
diff "$folder/seen" - <<'SEEN'
without @types/react: error TS2304: Cannot find name 'HTMLElement'.
with @types/react: error TS2812: Property 'outerHTML' does not exist on type 'HTMLElement'.
SEEN
