/** The compilers and installers that servers are made with, and what to say when one is missing. */

import { spawnSync } from 'node:child_process';

export interface Toolchain {
  readonly name: string;
  /** Exits 0 when the toolchain is there, and prints its version. */
  readonly probe: readonly [string, ...string[]];
  /** Oldest usable version, major and minor. */
  readonly minimum: readonly [number, number];
  readonly debian: string;
  readonly macos: string;
}

export const toolchains = {
  pip: {
    name: 'Python 3 with pip',
    probe: ['python3', '-m', 'pip', '--version'],
    minimum: [19, 0],
    debian: 'sudo apt-get install python3 python3-pip',
    macos: 'brew install python',
  },
  venv: {
    name: 'Python 3.10 or newer with venv',
    probe: ['python3', '-c', 'import ensurepip, platform; print(platform.python_version())'],
    minimum: [3, 10],
    debian: 'sudo apt-get install python3-venv',
    macos: 'brew install python',
  },
  cargo: {
    name: 'Rust 1.88 or newer (cargo)',
    probe: ['cargo', '--version'],
    minimum: [1, 88],
    debian: 'sudo apt-get install build-essential && curl -sSf https://sh.rustup.rs | sh -s -- -y',
    macos: 'brew install rust',
  },
  go: {
    name: 'Go 1.21 or newer',
    probe: ['go', 'version'],
    // From here on Go fetches the newer Go that a module asks for by itself.
    minimum: [1, 21],
    debian: 'sudo apt-get install golang-go',
    macos: 'brew install go',
  },
  apt: {
    name: 'apt-get with dpkg-deb',
    probe: ['apt-get', '--version'],
    minimum: [1, 0],
    debian: 'sudo apt-get install prometheus',
    macos: 'brew install prometheus',
  },
} as const satisfies Record<string, Toolchain>;

/** True when the toolchain answers its probe and is not too old. */
export function isUsable(toolchain: Toolchain): boolean {
  const [command, ...args] = toolchain.probe;
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' });
  return status === 0 && isNewEnough(stdout, toolchain.minimum);
}

/** Compares the first `major.minor` in a program's output. */
export function isNewEnough(output: string, [major, minor]: readonly [number, number]): boolean {
  const found = /(\d+)\.(\d+)/.exec(output);
  if (found === null) return false;
  const [foundMajor, foundMinor] = [Number(found[1]), Number(found[2])];
  return foundMajor > major || (foundMajor === major && foundMinor >= minor);
}

/** One sentence: what is missing, what it was for, how to get it. */
export function missingToolchain(toolchain: Toolchain, purposes: readonly string[]): string {
  const needed = new Intl.ListFormat('en').format(purposes);
  return (
    `${toolchain.name} is missing; it is needed once to install the ${needed}: ` +
    `on Debian \`${toolchain.debian}\`, on macOS \`${toolchain.macos}\`.`
  );
}
