/** The package as it is published: strict TypeScript projects take its declarations, and Node and a bundler take its code. */

import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { repositoryRoot } from '../../repository.ts';

let away: string;

beforeAll(async () => {
  await execa('npm', ['run', 'build', '-w', 'clients/sdk'], { cwd: repositoryRoot });
  away = await mkdtemp(join(tmpdir(), 'reddyfit-package-'));
  const modules = join(away, 'node_modules');
  await mkdir(join(modules, '@types'), { recursive: true });
  await mkdir(join(modules, '@reddyfit'));
  await mkdir(join(modules, '@noble'));
  const lib = join(import.meta.dirname, 'lib');
  // What npm puts into the package and no more; and of the rest what the package asks for.
  const { stdout } = await execa('npm', ['pack', '--json', '--pack-destination', away], { cwd: lib });
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  await execa('tar', ['-xzf', join(away, filename), '-C', away]);
  await cp(join(away, 'package'), join(modules, '@reddyfit', 'client'), { recursive: true });
  for (const name of [
    'firebase',
    'zod',
    '@noble/hashes',
    'react',
    'react-dom',
    '@types/react',
    '@types/react-dom',
    'csstype',
    'typescript',
  ])
    await symlink(join(repositoryRoot, 'node_modules', name), join(modules, name));
  await cp(join(import.meta.dirname, 'consumer', 'app.tsx'), join(away, 'app.tsx'));
  await writeFile(join(away, 'package.json'), '{"type":"module"}');
}, 300_000);
afterAll(() => rm(away, { recursive: true, force: true }));

/** What the compiler says of these files in a strict project; nothing when it takes them. */
async function compiled(options: object, files: string[]): Promise<string> {
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noPropertyAccessFromIndexSignature: true,
    verbatimModuleSyntax: true,
    noEmit: true,
    jsx: 'react-jsx',
    target: 'es2022',
    types: [],
    skipLibCheck: true,
    ...options,
  };
  await writeFile(join(away, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  const tsc = join(away, 'node_modules', 'typescript', 'bin', 'tsc');
  const { stdout, exitCode } = await execa(process.execPath, [tsc, '-p', away], { cwd: away, reject: false });
  return exitCode === 0 ? stdout : `${exitCode}: ${stdout}`;
}

it.each([
  ['bundler', 'esnext', ['es2022', 'dom']],
  ['nodenext', 'nodenext', ['es2022', 'dom']],
  ['bundler', 'esnext', ['es2022']],
])(
  'a strict project with moduleResolution %s, module %s and the library %j takes it',
  async (moduleResolution, module, lib) => {
    expect(await compiled({ moduleResolution, module, lib }, ['app.tsx'])).toBe('');
  },
  120_000,
);

it('a strict project takes the page that goes from nothing to a result', async () => {
  const page = await readFile(join(repositoryRoot, 'docs', 'clients.md'), 'utf8');
  const [, code] = /^### Web: from nothing.*?^```tsx\n(.*?)^```/ms.exec(page)!;
  await writeFile(join(away, 'page.tsx'), code!);
  expect(
    await compiled({ moduleResolution: 'bundler', module: 'esnext', lib: ['es2022', 'dom'] }, ['page.tsx']),
  ).toBe('');
}, 120_000);

it('a strict project is told of what the package does not take', async () => {
  const wrong = "import { createClient } from '@reddyfit/client';\ncreateClient({ auth: 5 });\n";
  await writeFile(join(away, 'wrong.ts'), wrong);
  const said = await compiled({ moduleResolution: 'nodenext', module: 'nodenext', lib: ['es2022'] }, [
    'wrong.ts',
  ]);
  expect(said).toMatch(/wrong\.ts.*error TS/);
}, 120_000);

it('Node reads each of its entries, and they share one client', async () => {
  const script = `
    const [main, react, emulators] = await Promise.all(
      ['', '/react', '/emulators'].map((entry) => import('@reddyfit/client' + entry)));
    const error = await emulators.signIn({ projectId: 'p', region: 'r', auth: '127.0.0.1:9', firestore: '127.0.0.1:9', functions: '127.0.0.1:9' },
      { email: 'a', password: 'b' }).catch((error) => error);
    console.log(typeof main.createClient, typeof react.useScan, error.message);
  `;
  await writeFile(join(away, 'entries.js'), script);
  const { stdout } = await execa(process.execPath, ['entries.js'], { cwd: away });
  expect(stdout).toBe('function function a could not sign in at 127.0.0.1:9');
}, 60_000);
