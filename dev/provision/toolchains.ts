/** The compilers and installers that servers are made with, and what to say when one is missing. */

import { spawnSync } from 'node:child_process';

export interface Toolchain {
  readonly name: string;
  /** Exits 0 when the toolchain is usable. */
  readonly probe: readonly [string, ...string[]];
  readonly debian: string;
  readonly macos: string;
}

export const toolchains = {
  pip: {
    name: 'Python 3 with pip',
    probe: ['python3', '-m', 'pip', '--version'],
    debian: 'sudo apt-get install python3 python3-pip',
    macos: 'brew install python',
  },
  cargo: {
    name: 'Rust 1.88 or newer (cargo)',
    probe: ['cargo', '--version'],
    debian: 'sudo apt-get install build-essential && curl -sSf https://sh.rustup.rs | sh -s -- -y',
    macos: 'brew install rust',
  },
  go: {
    name: 'Go 1.21 or newer',
    probe: ['go', 'version'],
    debian: 'sudo apt-get install golang-go',
    macos: 'brew install go',
  },
} as const satisfies Record<string, Toolchain>;

/** True when the toolchain answers its probe. */
export function isUsable(toolchain: Toolchain): boolean {
  const [command, ...args] = toolchain.probe;
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** One sentence: what is missing, what it was for, how to get it. */
export function missingToolchain(toolchain: Toolchain, purposes: readonly string[]): string {
  const needed = new Intl.ListFormat('en').format(purposes);
  return (
    `${toolchain.name} is missing; it is needed once to install the ${needed}: ` +
    `on Debian \`${toolchain.debian}\`, on macOS \`${toolchain.macos}\`.`
  );
}
