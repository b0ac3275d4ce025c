/**
 * The Firebase project of one instance: its own firebase.json with its own ports, made from the repository's, and its
 * own values for the functions' params. Rules and functions stay where they are.
 */

import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { DEVELOPMENT_EXPORT_KEY, DEVELOPMENT_KEYS } from './development-key.ts';
import type { Part } from './ports.ts';
import { repositoryRoot } from '../../repository.ts';

export interface FirebaseProject {
  /** Path of the firebase.json. */
  readonly config: string;
  /** Folder of the functions' settings. */
  readonly configDir: string;
}

export interface FirebaseProjectOptions {
  /** The instance's folder. */
  readonly dir: string;
  readonly projectId: string;
  readonly ports: Readonly<Record<Part, number>>;
  /** Values of the functions' params. */
  readonly params: Readonly<Record<string, string>>;
}

/** Writes the project's files. */
export function writeFirebaseProject({
  dir,
  projectId,
  ports,
  params,
}: FirebaseProjectOptions): FirebaseProject {
  const configDir = join(dir, 'functions-config');
  rmSync(configDir, { recursive: true, force: true });
  mkdirSync(configDir);
  const lines = Object.entries(params).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(join(configDir, `.env.${projectId}`), lines.join(''));
  writeLocalSecrets();

  const config = join(dir, 'firebase.json');
  writeFileSync(config, `${JSON.stringify(firebaseJson(dir, ports), null, 2)}\n`);
  return { config, configDir };
}

interface RepositoryConfig {
  firestore: { rules: string; indexes: string };
  functions: { codebase: string; source: string; runtime: string; ignore: string[] }[];
}

/** The repository's firebase.json, with paths as seen from the instance's folder and with the instance's ports. */
function firebaseJson(dir: string, ports: Readonly<Record<Part, number>>): unknown {
  const repository = JSON.parse(
    readFileSync(join(repositoryRoot, 'firebase.json'), 'utf8'),
  ) as RepositoryConfig;
  return {
    // An absolute path, since firebase-tools refuses a relative path to rules that leads out of the project's folder.
    firestore: { rules: join(repositoryRoot, repository.firestore.rules) },
    functions: repository.functions.map(({ codebase, source, runtime, ignore }) => ({
      codebase,
      runtime,
      ignore,
      source: relative(dir, join(repositoryRoot, source)),
      configDir: 'functions-config',
    })),
    emulators: {
      auth: at(ports.auth),
      firestore: { ...at(ports.firestore), websocketPort: ports.firestoreWebsocket },
      functions: at(ports.functions),
      pubsub: at(ports.pubsub),
      hub: at(ports.hub),
      logging: at(ports.logging),
      eventarc: at(ports.eventarc),
      tasks: at(ports.tasks),
      ui: { enabled: false },
      singleProjectMode: true,
    },
  };
}

/** The form in which firebase.json gives an address to listen on. */
const at = (port: number) => ({ host: '127.0.0.1', port });

/** The value of every secret of the functions in the local stack. */
const LOCAL_SECRETS = {
  TEMPORAL_API_KEY: 'none',
  TEMPORAL_CLIENT_CERT: 'none',
  TEMPORAL_CLIENT_KEY: 'none',
  PAYLOAD_ENCRYPTION_KEYS: DEVELOPMENT_KEYS,
  OPERATOR_EXPORT_KEY: DEVELOPMENT_EXPORT_KEY,
};

/**
 * Adds the functions' secrets to `functions/.secret.local`, where firebase-tools looks for them; for a secret that is not
 * in the file, the functions emulator asks Google's Secret Manager. The values are the same for every instance, and a
 * line that is already there is left alone.
 */
function writeLocalSecrets(): void {
  const path = join(repositoryRoot, 'functions/.secret.local');
  const there = existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n') : [];
  const missing = Object.entries(LOCAL_SECRETS).filter(
    ([name]) => !there.some((line) => line.startsWith(`${name}=`)),
  );
  if (missing.length === 0) return;
  const lines = [...there, ...missing.map(([name, value]) => `${name}=${value}`)];
  writeFileSync(`${path}.${process.pid}`, `${lines.filter(Boolean).join('\n')}\n`);
  renameSync(`${path}.${process.pid}`, path);
}
