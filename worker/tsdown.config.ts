/** Bundles the worker for production: our own code and @reddyfit/shared inside, npm packages outside. */

import { defineConfig } from 'tsdown';

export default defineConfig({
  // The failure converter is loaded by its path.
  entry: [
    'src/main.ts',
    'src/codec-server.ts',
    'src/promote.ts',
    'src/schedules.ts',
    'src/failure-converter.ts',
  ],
  outDir: 'dist',
  format: 'esm',
  platform: 'node',
  target: 'node24',
  fixedExtension: false,
  sourcemap: true,
  dts: false,
  clean: true,
  // Anything else that would be inlined is a package missing from package.json.
  deps: { onlyBundle: [] },
});
