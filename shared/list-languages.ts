/** Writes src/words/languages.ts, the list of all language files. Runs before start, test, build and typecheck; changes nothing that is right. */

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A language file is called by its BCP 47 tag: `pt.ts`, `pt-BR.ts`. */
const LANGUAGE_FILE = /^([a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?)\.ts$/;

/** The list for a folder with these files. Each language file exports its table under its tag, `-` written as `_`. */
export function languageList(files: readonly string[]): string {
  const tags = files.flatMap((file) => LANGUAGE_FILE.exec(file)?.[1] ?? []).toSorted();
  const nameOf = (tag: string) => tag.replaceAll('-', '_');
  const entries = tags.map((tag) => (tag.includes('-') ? `  '${tag}': ${nameOf(tag)},` : `  ${tag},`));
  return [
    '/** Every language file of this folder, by its BCP 47 tag. Made by `npm run words`. */',
    '',
    ...tags.map((tag) => `import { ${nameOf(tag)} } from './${tag}.ts';`),
    '',
    `export const LANGUAGES = {\n${entries.join('\n')}\n};`,
    '',
  ].join('\n');
}

/** Writes the list of `folder` if it is not right. Resolves with whether it was written. */
export async function listLanguages(folder: string): Promise<boolean> {
  const path = join(folder, 'languages.ts');
  const list = languageList(await readdir(folder));
  if ((await readFile(path, 'utf8').catch(() => '')) === list) return false;
  await writeFile(path, list);
  return true;
}

if (import.meta.main) await listLanguages(join(import.meta.dirname, 'src/words'));
