import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const FOLDER = join(import.meta.dirname, '../../../models');
const README = readFileSync(join(FOLDER, 'README.md'), 'utf8');

it.each(readdirSync(FOLDER).filter((name) => name !== 'README.md'))('%s is what its page says', (name) => {
  const bytes = readFileSync(join(FOLDER, name));
  const line = README.split('\n').find((each) => each.includes(`\`${name}\``));
  expect(line).toContain(createHash('sha256').update(bytes).digest('hex'));
  expect(line).toContain(` ${bytes.length} `);
});
