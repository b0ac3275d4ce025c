/**
 * The app as a phone gets it: built on the published client, compiled, bundled by Metro, and read by Hermes' compiler. It is
 * installed in a separate folder by its own lock file, so that no package of the workspaces hides one that the app lacks.
 */

import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { repositoryRoot } from '../../repository.ts';

let away: string;
let app: string;

beforeAll(async () => {
  const sdk = join('clients', 'sdk', 'lib');
  const example = join('examples', 'mobile');
  await execa('npm', ['run', 'build', '-w', 'clients/sdk'], { cwd: repositoryRoot });
  away = await mkdtemp(join(tmpdir(), 'reddyfit-mobile-'));
  app = join(away, example);
  await mkdir(join(away, 'examples'));
  await cp(join(repositoryRoot, sdk), join(away, sdk), { recursive: true });
  await cp(join(repositoryRoot, example), app, {
    recursive: true,
    filter: (path) => !path.includes('node_modules'),
  });
  const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
  await execa('npm', ['ci', ...quietly], { cwd: app });
}, 900_000);
afterAll(() => rm(away, { recursive: true, force: true }));

const run = (name: string, args: readonly string[]) =>
  execa(join(app, 'node_modules', '.bin', name), args, {
    cwd: app,
    env: { CI: '1', EXPO_OFFLINE: '1', EXPO_NO_TELEMETRY: '1' },
  });

it('compiles against the declarations of Expo, React Native and Firebase', async () => {
  const { stdout } = await run('tsc', ['-p', 'native', '--listFilesOnly']);
  for (const file of ['native/app.tsx', 'logic/ledger.ts']) expect(stdout).toContain(file);
  await run('tsc', ['-p', 'native']);
}, 300_000);

it('compiles the lines of docs/clients.md that go from nothing to a result', async () => {
  const page = await readFile(join(repositoryRoot, 'docs', 'clients.md'), 'utf8');
  const [, code] = /^### React Native: from nothing.*?^```tsx\n(.*?)^```/ms.exec(page)!;
  const compile = async (name: string, lines: string) => {
    await writeFile(join(app, `${name}.tsx`), lines);
    // Only what the lines import is compiled with them, and the declaration of Firebase's function for React Native.
    const project = {
      extends: './native/tsconfig.json',
      include: [`${name}.tsx`, 'native/firebase-auth.d.ts'],
    };
    await writeFile(join(app, `${name}.json`), JSON.stringify(project));
    return (
      await execa(join(app, 'node_modules', '.bin', 'tsc'), ['-p', `${name}.json`], {
        cwd: app,
        reject: false,
      })
    ).stdout;
  };
  expect(await compile('page', code!)).toBe('');
  expect(await compile('wrong', code!.replace('startScan(', 'beginScan('))).toMatch(/wrong\.tsx.*beginScan/);
}, 300_000);

it('is bundled by Metro with the builds for React Native, and Hermes reads it', async () => {
  await run('expo', [
    'export',
    '--platform',
    'android',
    '--no-minify',
    '--no-bytecode',
    '--output-dir',
    'out',
  ]);
  const folder = join(app, 'out', '_expo', 'static', 'js', 'android');
  const main = join(
    folder,
    (await readdir(folder)).find((name) => name.startsWith('main-'))!,
  );
  const script = await readFile(main, 'utf8');
  // With two copies of it, one would not see the other: "Component auth has not been registered yet".
  expect(script.match(/name\$\w+ = "@firebase\/app";/g)).toHaveLength(1);
  expect(script).toContain('exports.getReactNativePersistence = ');
  // The client's own function, and the functions of the app.
  for (const name of ['createClient', 'folderLedger', 'fileTransport', 'phoneWake', 'sendDrafts'])
    expect(script).toContain(`function ${name}(`);
  const compilers = { linux: 'linux64-bin', darwin: 'osx-bin', win32: 'win64-bin' };
  const platform = compilers[process.platform as keyof typeof compilers];
  const hermesc = join(app, 'node_modules', 'hermes-compiler', 'hermesc', platform, 'hermesc');
  await execa(hermesc, ['-emit-binary', '-O0', '-w', '-out', join(away, 'main.hbc'), main]);
}, 600_000);
