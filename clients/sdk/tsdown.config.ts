/** Builds the package that is published: `lib`, with @reddyfit/shared inside and a package.json of its own. */

import { readFile, writeFile } from 'node:fs/promises';
import { defineConfig } from 'tsdown';

const ENTRIES = ['index', 'react', 'emulators'];

export default defineConfig({
  entry: [...ENTRIES, 'photo-worker'].map((name) => `src/${name}.ts`),
  outDir: 'lib',
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  fixedExtension: false,
  sourcemap: true,
  // Eager: its declarations take in those of shared, which are no files of this package.
  dts: { eager: true },
  clean: true,
  // Anything else that would be inlined is a package missing from package.json.
  deps: { alwaysBundle: [/^@reddyfit\/shared/], onlyBundle: [] },
  plugins: [
    {
      name: 'photo-worker',
      // Bundlers find a worker by this expression, so it has to name the file that is there.
      transform: {
        filter: { code: './photo-worker.ts' },
        handler: (code: string) => code.replace("new URL('./photo-worker.ts'", "new URL('./photo-worker.js'"),
      },
    },
  ],
  hooks: {
    async 'build:done'() {
      const {
        scripts: _scripts,
        private: _private,
        ...manifest
      } = JSON.parse(await readFile('package.json', 'utf8')) as Record<string, unknown>;
      const exports = Object.fromEntries(
        ENTRIES.map((name) => [
          name === 'index' ? '.' : `./${name}`,
          { types: `./${name}.d.ts`, default: `./${name}.js` },
        ]),
      );
      await writeFile('lib/package.json', `${JSON.stringify({ ...manifest, exports }, null, 2)}\n`);
    },
  },
});
