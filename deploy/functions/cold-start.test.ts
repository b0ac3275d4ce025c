import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { buildFunctions } from '../../local/stack/builds.ts';
import { repositoryRoot } from '../../repository.ts';

/** Packages that only some functions need. Loading them would add half a second to every cold start (bench/cold-start.ts). */
const LATER = ['@temporalio', '@google-cloud/storage'];

it('a new instance loads what every function needs, and nothing more', async () => {
  await buildFunctions(new AbortController().signal);
  const program = `await import('./lib/index.js');
    const { createRequire } = await import('node:module');
    console.log(JSON.stringify(Object.keys(createRequire(import.meta.url + '/').cache)));
    process.exit();`;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: join(repositoryRoot, 'functions'),
    env: {
      PATH: process.env.PATH,
      GCLOUD_PROJECT: 'demo-cold',
      FIREBASE_CONFIG: '{"projectId":"demo-cold"}',
    },
    encoding: 'utf8',
  });
  const loaded = JSON.parse(output) as string[];
  // Shows that `loaded` does list packages.
  expect(loaded.some((path) => path.includes('/node_modules/@google-cloud/firestore/'))).toBe(true);
  for (const name of LATER) {
    expect(loaded.filter((path) => path.includes(`/node_modules/${name}/`))).toEqual([]);
  }
});
