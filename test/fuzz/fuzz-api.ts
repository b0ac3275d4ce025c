/**
 * `npm run fuzz:api`: sends requests that the OpenAPI description allows, and requests that it forbids, to the HTTP API of a
 * stack of its own (Schemathesis, all checks). Exits with 0 when every answer was as described.
 */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { execa } from 'execa';
import { provisionOne } from '../../local/provision/provision.ts';
import { schemathesis } from '../../local/provision/servers.ts';
import { demoUser, type Person } from '../../fixtures/seed/people.ts';
import { interruption } from '../../local/stack/interruption.ts';
import { wholeNumber } from '../../ops/numbers.ts';
import { instanceDir, type StackFile } from '../../local/stack/stack-file.ts';
import { startStack } from '../../local/stack/start-stack.ts';

const { instance, ...options } = new Command('npm run fuzz:api --')
  .description('Fuzzes the HTTP API of a stack of its own. Exits with 0 when every answer was as described.')
  .option('--max-time <seconds>', 'how long to fuzz', wholeNumber(1, 86_400), 60)
  .option(
    '--seed <number>',
    'what to begin with; another one tries other things',
    wholeNumber(1, 999_999_999),
    1,
  )
  .option('--instance <name>', 'name of the stack', 'fuzz')
  .parse()
  .opts<{ instance: string; maxTime: number; seed: number }>();

const CONFIG = `seed = ${options.seed}
max-time = ${options.maxTime}
continue-on-failure = true
request-timeout = 30

[auth.openapi.idToken]
bearer = "\${FUZZ_TOKEN}"

[cache]
enabled = false

[generation]
database = "none"

[reports]
ndjson.path = "fuzz-report.ndjson"
`;

const note = (line: string) => void process.stderr.write(`${line}\n`);
const interrupted = interruption(instanceDir(instance), () => note('\nStopping; Ctrl-C again to force'));
const { signal } = interrupted;

try {
  process.exitCode = await main();
} catch (error) {
  process.exitCode = signal.aborted ? interrupted.exitCode() : 1;
  if (!signal.aborted) note(`\n${(error as Error).message}`);
} finally {
  interrupted.dispose();
}

async function main(): Promise<number> {
  const program = await provisionOne(schemathesis, signal);
  const stack = await startStack({
    instance,
    pace: 0.001,
    // Other tests cover the rate limit; here it would hide the checks after it.
    functionsParams: { API_STARTS_PER_MINUTE: '1000000' },
    signal,
    onReady: (part, seconds) => note(`  ready  ${part.padEnd(16)}${seconds.toFixed(1).padStart(5)} s`),
  });
  try {
    return await fuzz(program, stack.addresses);
  } finally {
    await stack.stop();
  }
}

async function fuzz(program: string, stack: StackFile): Promise<number> {
  const dir = instanceDir(instance);
  const config = join(dir, 'schemathesis.toml');
  writeFileSync(config, CONFIG);
  const api = `http://${stack.functions}/${stack.projectId}/${stack.region}/api`;
  const { exitCode } = await execa(
    program,
    [`--config-file=${config}`, 'run', `${api}/api/openapi.json`, `--url=${api}`],
    {
      // Schemathesis leaves files in its working directory.
      cwd: dir,
      env: {
        SCHEMATHESIS_HOOKS: join(import.meta.dirname, 'own_photos.py'),
        FUZZ_TOKEN: await idToken(stack, demoUser),
        FUZZ_BUCKET: stack.bucket,
        FUZZ_UID: demoUser.uid,
      },
      stdin: 'ignore',
      stdout: 'inherit',
      stderr: 'inherit',
      reject: false,
      cancelSignal: signal,
    },
  );
  signal.throwIfAborted();
  return exitCode ?? 1;
}

/** An ID token of the Auth emulator, valid for an hour. */
async function idToken({ auth }: StackFile, { email, password }: Person): Promise<string> {
  const endpoint = 'identitytoolkit.googleapis.com/v1/accounts:signInWithPassword?key=local';
  const answer = await fetch(`http://${auth}/${endpoint}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password, returnSecureToken: true }),
    signal,
  });
  if (!answer.ok) throw new Error(`${email} could not sign in: ${answer.status}`);
  return ((await answer.json()) as { idToken: string }).idToken;
}
