import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { repositoryRoot } from '../../repository.ts';
import { patchesIn } from './patches.ts';

it.each([
  // Recorded before the first patch, after it, after later ones, and after all of the patches of which scans left markers.
  ['earlier-completed', []],
  ['earlier-traced', ['search-attributes']],
  ['earlier-2-completed', ['ends-in-time', 'search-attributes']],
  [
    'earlier-3-completed',
    ['ends-in-time', 'hides-kept-faces', 'writes-bring-all', 'ends-once', 'search-attributes'],
  ],
  [
    'earlier-4-completed',
    ['ends-in-time', 'hides-kept-faces', 'writes-bring-all', 'in-few-actions', 'ends-once'],
  ],
  [
    'earlier-5-busy',
    ['ends-in-time', 'hides-kept-faces', 'writes-bring-all', 'in-few-actions', 'fewer-actions', 'ends-once'],
  ],
  [
    'earlier-6-busy',
    [
      'ends-in-time',
      'hides-kept-faces',
      'writes-bring-all',
      'in-few-actions',
      'fewer-actions',
      'ends-once',
      'says-when-it-begins',
    ],
  ],
  [
    // A scan that does not wait for others has no marker of the patch of those that do.
    'earlier-6-completed',
    ['ends-in-time', 'hides-kept-faces', 'writes-bring-all', 'in-few-actions', 'fewer-actions', 'ends-once'],
  ],
])('the recorded history "%s" tells its patches by their ids', (name, patches) => {
  const path = join(repositoryRoot, `fixtures/histories/recorded/${name}.json.gz`);
  expect(patchesIn(gunzipSync(readFileSync(path)).toString('utf8'))).toEqual(patches);
});
