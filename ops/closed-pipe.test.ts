import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';

/**
 * The source of a command that goes on writing long after its reader has left, and reports on stderr that it reached its end.
 */
const command = (first: string) => `
  import { outliveReader } from ${JSON.stringify(join(import.meta.dirname, 'closed-pipe.ts'))};
  ${first}
  for (let line = 0; line < 50; line++) {
    process.stdout.write('line '.repeat(1000) + '\\n');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  process.stderr.write('ended\\n');
  process.exitCode = 3;
`;
const piped = (code: string) =>
  execa(
    'bash',
    ['-c', '"$0" --input-type=module -e "$1" | head -c 1; exit "${PIPESTATUS[0]}"', process.execPath, code],
    {
      reject: false,
    },
  );

it('lets a command work to its end when its reader has left', async () => {
  expect(await piped(command('outliveReader(); outliveReader();'))).toMatchObject({
    stdout: 'l',
    stderr: 'ended',
    exitCode: 3,
  });
});

it('is needed: without it the command ends in a trace', async () => {
  const { stderr, exitCode } = await piped(command('void outliveReader;'));
  expect(stderr).toContain('EPIPE');
  expect(exitCode).toBe(1);
});
