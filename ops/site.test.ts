import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openSite } from './site.ts';

const EMULATORS = [
  'FIRESTORE_EMULATOR_HOST',
  'FIREBASE_AUTH_EMULATOR_HOST',
  'FIREBASE_STORAGE_EMULATOR_HOST',
  'STORAGE_EMULATOR_HOST',
  'PUBSUB_EMULATOR_HOST',
];

describe('a command for a project', () => {
  beforeEach(() => {
    // An earlier test in the same process may have opened a stack.
    for (const name of EMULATORS) Reflect.deleteProperty(process.env, name);
  });
  afterEach(() => vi.unstubAllEnvs());

  it.each(EMULATORS)('is refused where %s leads away from it', (name) => {
    vi.stubEnv(name, '127.0.0.1:8080');
    expect(() => openSite({ instance: 'default', project: 'prod' })).toThrow(
      `${name} is set, so this would not reach prod: unset it`,
    );
  });

  it('is opened where nothing leads away from it', async () => {
    const site = openSite({ instance: 'default', project: 'prod' });
    expect(site).toMatchObject({ local: false, projectId: 'prod' });
    await site.close();
  });

  // Each of these commands would otherwise connect to the emulator's port, on which nothing listens.
  it.each([['webhooks', 'add', 'https://partner.example/hooks']])(
    'says so on the command line: %s %s',
    async (name, ...args) => {
      const run = promisify(execFile)(
        process.execPath,
        [join(import.meta.dirname, `${name}.ts`), ...args, '--project', 'prod'],
        { env: { ...process.env, FIRESTORE_EMULATOR_HOST: '127.0.0.1:9' } },
      );
      await expect(run).rejects.toMatchObject({
        code: 1,
        stdout: '',
        stderr: 'FIRESTORE_EMULATOR_HOST is set, so this would not reach prod: unset it\n',
      });
    },
  );
});

it('a stack that does not run is named', () => {
  expect(() => openSite({ instance: 'nobody' })).toThrow(
    'no stack is running; start one with npm start -- --instance nobody',
  );
});
