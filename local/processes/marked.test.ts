import { expect, it } from 'vitest';
import { parsePs } from './marked.ts';

it('reads marks from ps, whole words only', () => {
  const output = [
    '  101 node worker.ts HOME=/home/a REDDYFIT_STACK=/clone/.local PATH=/bin',
    '  102 node worker.ts REDDYFIT_STACK=/clone/.local/second',
    '  103 temporal server REDDYFIT_STACK=/clone/.local',
    '  104 bash',
  ].join('\n');
  expect(parsePs(output, 'REDDYFIT_STACK=/clone/.local')).toEqual([101, 103]);
});
