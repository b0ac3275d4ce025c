/** npm run scan: sends one scan into the running stack, as the mobile client would. */

import { Command, InvalidArgumentError } from 'commander';
import { type DemoOptions, runDemoScan } from './demo/demo.ts';
import { drawPhotos } from './demo/photos.ts';
import { outliveReader } from '../ops/closed-pipe.ts';
import { defaultInstance, readStack } from './stack/stack-file.ts';

function pounds(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('a number of pounds');
  return value;
}

const { instance, weight, draw, ...options } = new Command('scan')
  .description('Sends one scan into the running stack. Exits with 0 when it completed, 1 otherwise.')
  .option('--user <uid or email>', 'a seeded user (default: the demo user)')
  .option('--photos <folder>', 'front.jpg, back.jpg, left.jpg and right.jpg (default: drawn)')
  .option('--weight <lb>', 'body weight in pounds', pounds)
  .option('--instance <name>', 'which stack', defaultInstance)
  .option(
    '--draw <folder>',
    'writes the four drawn photos into a folder, for a client of your own, and sends nothing',
  )
  .option('--json', 'print only the final document, as JSON', false)
  .parse()
  .opts<Omit<DemoOptions, 'weightLb'> & { instance: string; weight?: number; draw?: string }>();

outliveReader();
try {
  if (draw !== undefined) {
    await drawPhotos(draw);
    process.stdout.write(`Four photos are in ${draw}.\n`);
  } else await send();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

async function send(): Promise<void> {
  const { completed, document } = await runDemoScan(readStack(instance), {
    ...options,
    ...(weight !== undefined && { weightLb: weight }),
  });
  if (options.json) process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  process.exitCode = completed ? 0 : 1;
}
