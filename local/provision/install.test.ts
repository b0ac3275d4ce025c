import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installServer } from './install.ts';
import { checkHash, type Install } from './installers.ts';
import { firestoreEmulator, pstest } from './servers.ts';
import { isNewEnough, missingToolchain, toolchains } from './toolchains.ts';
import { crates, goModules } from './versions.ts';

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'provision-'));
});
afterEach(() => rmSync(cache, { recursive: true }));

const server = (install: Install) => ({
  name: 'demo',
  version: '1',
  binary: 'demo',
  purpose: 'demo server',
  install,
});

const writesBinary: Install = async (folder) => {
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin', 'demo'), 'executable');
};

const fails: Install = async (folder, run) => {
  await writesBinary(folder, run);
  await run(process.execPath, ['-e', 'console.log("error: linker not found"); process.exit(7)']);
};

describe('installServer', () => {
  it('installs into the folder of the version', async () => {
    const path = await installServer(server(writesBinary), { cache });
    expect(path).toBe(join(cache, 'demo-1', 'bin', 'demo'));
    expect(readFileSync(path, 'utf8')).toBe('executable');
    expect(readdirSync(cache).sort()).toEqual(['demo-1', 'logs']);
  });

  it('shows the end of the log when it fails, and leaves nothing half-made', async () => {
    await expect(installServer(server(fails), { cache })).rejects.toThrow(
      /^The demo server could not be installed: .*\n(.*\n)*.*error: linker not found/,
    );
    expect(readdirSync(cache)).toEqual(['logs']);
  });

  it('refuses an install that leaves no executable', async () => {
    await expect(
      installServer(
        server(async () => {}),
        { cache },
      ),
    ).rejects.toThrow('it left no bin/demo');
    expect(readdirSync(cache)).toEqual(['logs']);
  });

  it('installs once when two ask at the same time', async () => {
    let installs = 0;
    const counts: Install = async (folder, run) => {
      installs += 1;
      await run(process.execPath, ['-e', '']);
      await writesBinary(folder, run);
    };
    const paths = await Promise.all([1, 2].map(() => installServer(server(counts), { cache })));
    expect(new Set(paths).size).toBe(1);
    expect(installs).toBe(1);
  });

  it('removes what a killed install has left', async () => {
    mkdirSync(join(cache, 'demo-1.partial-1', 'bin'), { recursive: true });
    await installServer(server(writesBinary), { cache });
    expect(readdirSync(cache).sort()).toEqual(['demo-1', 'logs']);
  });
});

describe('checkHash', () => {
  const pinned = { 'a.whl': 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' };

  it('passes the pinned content only', () => {
    const path = join(cache, 'a.whl');
    writeFileSync(path, 'abc');
    expect(() => checkHash(path, 'a.whl', pinned)).not.toThrow();
    writeFileSync(path, 'abd');
    expect(() => checkHash(path, 'a.whl', pinned)).toThrow('expected ba7816bf');
  });

  it('refuses a file for which nothing is pinned', () => {
    expect(() => checkHash('/none', 'b.whl', pinned)).toThrow('no SHA-256 is pinned for b.whl');
  });
});

it('says in one sentence what is missing, what for, and how to get it', () => {
  expect(missingToolchain(toolchains.go, ['Pub/Sub emulator', 'Cloud Storage server'])).toBe(
    'Go 1.21 or newer is missing; it is needed once to install the Pub/Sub emulator and Cloud Storage server: ' +
      'on Debian `sudo apt-get install golang-go`, on macOS `brew install go`.',
  );
});

it('counts a toolchain that is too old as missing', () => {
  expect(isNewEnough('go version go1.19.8 linux/amd64', toolchains.go.minimum)).toBe(false);
  expect(isNewEnough('go version go1.26.8 linux/amd64', toolchains.go.minimum)).toBe(true);
  expect(isNewEnough('cargo 2.0.0 (abc)', toolchains.cargo.minimum)).toBe(true);
});

it('pins one version of the Firestore emulator', () => {
  const manifest = readFileSync(
    join(import.meta.dirname, '../stand-ins/firestore-emulator/Cargo.toml'),
    'utf8',
  );
  expect(manifest).toContain(`hidane = "=${crates.hidane.version}"`);
  expect(firestoreEmulator.version).toMatch(new RegExp(`^${crates.hidane.version}-[0-9a-f]{8}$`));
});

it('pins one version of the Pub/Sub module', () => {
  const goMod = readFileSync(join(import.meta.dirname, '../stand-ins/pubsub-emulator/go.mod'), 'utf8');
  expect(goMod).toContain(`${goModules.pubsub.module} v${goModules.pubsub.version}`);
  expect(pstest.version).toMatch(new RegExp(`^${goModules.pubsub.version}-[0-9a-f]{8}$`));
});

it('builds what both Go servers need once: they name the same versions', () => {
  const versionsIn = (folder: string) => {
    const goMod = readFileSync(join(import.meta.dirname, `../stand-ins/${folder}/go.mod`), 'utf8');
    return new Map(
      [...goMod.matchAll(/^(?:require |\t)(\S+) (v\S+)/gm)].map(([, name, version]) => [name, version]),
    );
  };
  const storage = versionsIn('storage-server');
  const pubsub = [...versionsIn('pubsub-emulator')].filter(([name]) => storage.has(name));
  expect(pubsub.length).toBeGreaterThan(20);
  expect(pubsub.filter(([name, version]) => storage.get(name) !== version)).toEqual([]);
});
