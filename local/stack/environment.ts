/**
 * The environment that the stack's processes inherit: the caller's, without the settings that would connect them to
 * services outside of this machine.
 */

import { delimiter, dirname } from 'node:path';
import { compileCache } from '../../repository.ts';
import { MARK } from '../processes/marked.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Variables that are not inherited: settings of paid services and of other stacks. A process that needs one is given its
 * own value.
 */
const OURS = [
  /^(OPENAI|AZURE_OPENAI|SUPERMEMORY)_/,
  /^TEMPORAL_/,
  /^(STORAGE|PUBSUB|FIRESTORE|FCM)_/,
  /^FIREBASE_(?!EMULATORS_PATH$)/,
  /^(GOOGLE_APPLICATION_CREDENTIALS|GOOGLE_CLOUD_PROJECT|GCLOUD_PROJECT|GCP_PROJECT)$/,
  /^(VISUAL_ESTIMATE|MODEL_QUALITY_CHECK|HIDE_FACES)$/,
  /^(WORKER|PAYLOAD|CODEC|WEBHOOK|OTEL|ARCHIVE)_/,
  /^NODE_OPTIONS$/,
  /^(VITEST|VITEST_.*|NODE_ENV)$/,
];

const MODEL_SETTINGS = /^(OPENAI|AZURE_OPENAI|SUPERMEMORY)_/;

/** The environment that every process of the stack starts with. It is marked with the instance's folder. */
export function baseEnvironment(caller: Env, dir: string): Record<string, string> {
  const kept = Object.entries(caller).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !OURS.some((pattern) => pattern.test(entry[0])),
  );
  return {
    ...Object.fromEntries(kept),
    [MARK]: dir,
    // The functions emulator lists the functions with the first node on PATH.
    PATH: [dirname(process.execPath), caller.PATH].join(delimiter),
    NODE_COMPILE_CACHE: compileCache,
    // Without this setting each Google client waits seconds for a metadata server.
    METADATA_SERVER_DETECTION: 'none',
  };
}

/** The caller's own model settings, for `--openai`. Throws when there are none. */
export function callersModel(caller: Env): Record<string, string> {
  const settings = Object.entries(caller).filter(
    (entry): entry is [string, string] => Boolean(entry[1]) && MODEL_SETTINGS.test(entry[0]),
  );
  const found = Object.fromEntries(settings);
  if (!found.OPENAI_API_KEY && !found.AZURE_OPENAI_API_KEY) {
    throw new Error('--openai needs OPENAI_API_KEY, or the AZURE_OPENAI_* settings, in the environment.');
  }
  return found;
}
