/** Bundles the worker for production: our own code and @reddyfit/shared inside, npm packages outside. */

import { createRequire } from 'node:module';
import { defineConfig } from 'tsdown';

/** TensorFlow.js without its sources, types and three other formats: 2 of 90 MB. */
const TENSORFLOW = [
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-converter',
  '@tensorflow/tfjs-backend-wasm',
  '@tensorflow/tfjs-backend-cpu',
  'long',
  'seedrandom',
];

const wasm = createRequire(import.meta.url).resolve(
  '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm',
);

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
  copy: [{ from: wasm, to: 'dist' }],
  outDir: 'dist',
  format: 'esm',
  platform: 'node',
  // TensorFlow.js asks for __dirname.
  shims: true,
  target: 'node24',
  fixedExtension: false,
  sourcemap: true,
  dts: false,
  clean: true,
  // Anything else that would be inlined is a package missing from package.json.
  deps: {
    onlyBundle: TENSORFLOW,
    // TensorFlow.js asks for it when it fetches, which it never does here.
    neverBundle: ['node-fetch'],
  },
});
