/** Bundles the functions for deployment: our own code and @reddyfit/shared inside, npm packages outside. */

import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: ['src/index.ts'],
  outDir: 'lib',
  format: 'esm',
  platform: 'node',
  target: 'node24',
  fixedExtension: false,
  sourcemap: true,
  dts: false,
  clean: true,
  // Anything else that would be inlined is a package missing from package.json: better to stop here than in the cloud.
  deps: { onlyBundle: [] },
});
