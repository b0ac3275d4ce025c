import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { repositoryRoot } from '../../repository.ts';
import { patchesIn } from './patches.ts';

it.each([
  // Recorded before the first patch, after it, and after the second.
  ['earlier-completed', []],
  ['earlier-traced', ['search-attributes']],
  ['completed', ['ends-in-time', 'search-attributes']],
])('the recorded history "%s" tells its patches by their ids', (name, patches) => {
  const path = join(repositoryRoot, `fixtures/histories/recorded/${name}.json.gz`);
  expect(patchesIn(gunzipSync(readFileSync(path)).toString('utf8'))).toEqual(patches);
});
