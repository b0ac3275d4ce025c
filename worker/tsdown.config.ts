/** Bundles the worker for production: our own code and @reddyfit/shared inside, npm packages outside. */

import { defineConfig } from 'tsdown';

export default defineConfig({
  // The failure converter and the process that examines photos are loaded by their paths.
  entry: {
    main: 'src/main.ts',
    'failure-converter': 'src/platform/failure-converter.ts',
    'photo-examiner': 'src/body/vision/photo-examiner.ts',
    // What an operator runs beside a worker is in its image.
    'codec-server': '../ops/codec-server.ts',
    promote: '../ops/promote.ts',
    schedules: '../ops/schedules.ts',
  },
  outDir: 'dist',
  format: 'esm',
  platform: 'node',
  target: 'node24',
  fixedExtension: false,
  sourcemap: true,
  dts: false,
  clean: true,
  // Anything that would be inlined is a package missing from package.json.
  deps: { onlyBundle: [] },
});
