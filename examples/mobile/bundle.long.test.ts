/**
 * The app as a phone gets it: on the client as it is published, compiled, bundled by Metro, and read by Hermes' compiler. Installed apart, by its own
 * lock, so that nothing of the workspaces hides a package that it lacks.
 */

import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
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
  // Two of them would not see each other: "Component auth has not been registered yet".
  expect(script.match(/name\$\w+ = "@firebase\/app";/g)).toHaveLength(1);
  expect(script).toContain('exports.getReactNativePersistence = ');
  // The client's own, and the app's around it.
  for (const name of ['createClient', 'folderLedger', 'fileTransport', 'phoneWake', 'sendDrafts'])
    expect(script).toContain(`function ${name}(`);
  const compilers = { linux: 'linux64-bin', darwin: 'osx-bin', win32: 'win64-bin' };
  const platform = compilers[process.platform as keyof typeof compilers];
  const hermesc = join(app, 'node_modules', 'hermes-compiler', 'hermesc', platform, 'hermesc');
  await execa(hermesc, ['-emit-binary', '-O0', '-w', '-out', join(away, 'main.hbc'), main]);
}, 600_000);
