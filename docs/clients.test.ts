/** The snippets of clients.md, as far as a test can check them: nobody here has Xcode, Android or a phone. */

import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as client from '@reddyfit/client';
import { NOTHING_YET } from '../clients/sdk/src/watching/snapshot.ts';
import { consent, SCAN_CONSENT, userProfile } from '@reddyfit/shared/account/users';
import { PHOTO_ISSUES, WAIVABLE_ISSUES } from '@reddyfit/shared/scan/results';
import { submittedScan } from '@reddyfit/shared/scan/document';
import { declaredUpload } from '@reddyfit/shared/scan/uploads';
import ts from 'typescript';
import { expect, it } from 'vitest';

const page = await readFile(join(import.meta.dirname, 'clients.md'), 'utf8');
const snippets = [...page.matchAll(/^```(\w+)\n(.*?)^```/gms)].map(([, language, code]) => ({
  language: language!,
  code: code!,
}));
const of = (language: string) => snippets.filter((snippet) => snippet.language === language);

it.each(snippets.filter(({ language }) => /^tsx?$/.test(language)))(
  'TypeScript $# can be parsed',
  ({ code }) => {
    const { diagnostics } = ts.transpileModule(code, {
      reportDiagnostics: true,
      compilerOptions: {
        module: ts.ModuleKind.ESNext,
        jsx: ts.JsxEmit.ReactJSX,
        target: ts.ScriptTarget.ES2022,
      },
    });
    expect(diagnostics!.map(({ messageText }) => messageText)).toEqual([]);
  },
);

it.each(['web', 'React Native'])('goes from nothing to a result in 40 lines: %s', (heading) => {
  const section = page.slice(page.search(new RegExp(`^### ${heading}: from nothing`, 'im')));
  const [, code] = /^```tsx\n(.*?)^```/ms.exec(section)!;
  expect(code!.trimEnd().split('\n').length).toBeLessThanOrEqual(40);
});

it('names of examples/mobile what is there', async () => {
  const example = join(import.meta.dirname, '../examples/mobile');
  const named = [...page.matchAll(/from '\.\/((?:logic|native)\/[\w-]+)'/g)].map(([, file]) => `${file}.ts`);
  const told = [...page.matchAll(/`((?:logic|native)\/[\w-]+\.ts)`/g)].map(([, file]) => file!);
  expect(named.length).toBeGreaterThanOrEqual(6);
  for (const file of [...named, ...told]) await access(join(example, file));
  const code = snippets.map((snippet) => snippet.code).join('\n');
  for (const [, names, file] of code.matchAll(/import \{ (\w+) \} from '\.\/((?:logic|native)\/[\w-]+)'/g))
    expect(await readFile(join(example, `${file}.ts`), 'utf8')).toContain(`export function ${names}(`);
});

it('uses of the package only what it has', async () => {
  const react = await import('@reddyfit/client/react');
  const code = snippets
    .filter(({ language }) => /^tsx?$/.test(language))
    .map((snippet) => snippet.code)
    .join('\n');
  const imported = [...code.matchAll(/import \{([^}]+)\} from '@reddyfit\/client(\/react)?'/g)].flatMap(
    ([, names, path]) => names!.split(',').map((name) => [name.trim(), path ? react : client] as const),
  );
  const values = imported.filter(([name]) => !name.startsWith('type '));
  expect(values.length).toBeGreaterThanOrEqual(3);
  for (const [name, module] of values) expect(Object.keys(module), name).toContain(name);
  const made = client.createClient({ auth: {}, firestore: {}, functions: {} } as never);
  const called = [...code.matchAll(/\bclient\.(\w+)\(/g)].map(([, name]) => name!);
  expect(called).toContain('startScan');
  for (const name of called) expect(Object.keys(made), name).toContain(name);
});

it('tells of a snapshot what it has', () => {
  const table = page.slice(page.indexOf('### What a handle and a watch tell'));
  const fields = [...table.slice(0, table.indexOf('- **Watching')).matchAll(/^\| `(\w+)`/gm)].map(
    ([, field]) => field!,
  );
  expect([...fields, 'scanId'].toSorted()).toEqual(Object.keys(NOTHING_YET).toSorted());
});

it('names each fault of a photo, here or in messages.md, and here each that a scan may let pass', async () => {
  const codes = await readFile(join(import.meta.dirname, 'messages.md'), 'utf8');
  for (const fault of WAIVABLE_ISSUES) expect(page).toContain(`\`${fault}\``);
  const named = new Set([...(page + codes).matchAll(/`(\w+)(?:\.\w+)?`/g)].map(([, name]) => name));
  expect(PHOTO_ISSUES.filter((fault) => !named.has(fault))).toEqual([]);
});

it.each(['swift', 'kotlin'])(
  'introduces its user in %s by fields of the profile and the consent',
  (language) => {
    const { code } = of(language)[1]!;
    const written = code.slice(code.indexOf('introduce('), code.indexOf('watch('));
    const fields = [...written.matchAll(/"(\w+)"(?=:| to )/g)].map(([, field]) => field!);
    const ofConsent = Object.keys(consent.shape);
    const ofProfile = fields.filter((field) => !ofConsent.includes(field));
    expect(fields).toEqual(expect.arrayContaining(ofConsent));
    expect(ofProfile.toSorted()).toEqual(['birthDate', 'heightCm', 'sex']);
    expect(Object.keys(userProfile.shape)).toEqual(expect.arrayContaining(ofProfile));
    expect(written).toContain('users/');
    expect(written).toContain(`"${SCAN_CONSENT}"`);
  },
);

it.each(['swift', 'kotlin'])('writes in %s the fields of the contract, and no other', (language) => {
  const { code } = of(language)[0]!;
  const written = code.slice(code.search(/setData|\.set\(mapOf/));
  const fields = [...written.matchAll(/"(\w+)"(?=:| to )/g)].map(([, field]) => field!);
  // Kilograms stand for pounds, a first scan has nothing to go on without, and a sensor is read elsewhere.
  const {
    weightLb: _weightLb,
    without: _without,
    cameraElevationAngles: _elevations,
    ...contract
  } = submittedScan.shape;
  expect(fields.toSorted()).toEqual(Object.keys(contract).toSorted());
  for (const field of Object.keys(declaredUpload.shape)) expect(code).toContain(`"${field}"`);
});
