/** What the command says of options that it cannot use, before it looks for a stack. */

import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';

const webhooks = (...args: string[]) =>
  execa(process.execPath, [join(import.meta.dirname, 'webhooks.ts'), ...args], { reject: false });

it.each<[args: string[], said: RegExp]>([
  [['add', 'https://a.example/', '--events', 'foo'], /there is no event foo; there are scan\.queued, /],
  [['add', 'https://a.example/', '--content-type', 'text/plain'], /Allowed choices are application\//],
  [
    ['add', 'https://a.example/', '--description', 'x'.repeat(201)],
    /^description: This must be at most 200 char/,
  ],
  [['add', ''], /^url: This must be at least 1 characters long\.$/],
  [['deliveries', 'we_1', '--state', 'lost'], /Allowed choices are .*dead/],
  [['deliveries', 'we_1', '--limit', 'many'], /a whole number from 1 to 1000000/],
  [['deliveries', 'we_1', '--limit', '0'], /a whole number from 1 to 1000000/],
])('%j is refused in a sentence, and not in JSON', async (args, said) => {
  const { stdout, stderr, exitCode } = await webhooks(...args);
  expect(exitCode).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(said);
  expect(stderr).not.toMatch(/[[{]\s*$|"code":/m);
});
