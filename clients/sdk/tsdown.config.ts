/** Builds the package for publication in `lib`, with @reddyfit/shared bundled and a package.json of its own. */

import { readFile, writeFile } from 'node:fs/promises';
import { defineConfig } from 'tsdown';

const ENTRIES = ['index', 'react', 'emulators'];

export default defineConfig({
  entry: {
    ...Object.fromEntries(ENTRIES.map((name) => [name, `src/${name}.ts`])),
    'photo-worker': 'src/sending/photo-worker.ts',
  },
  outDir: 'lib',
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  fixedExtension: false,
  sourcemap: true,
  // Eager, because the declarations include those of shared, which are not files of this package.
  dts: { eager: true },
  clean: true,
  // If anything else would be bundled, a package is missing from package.json.
  deps: { alwaysBundle: [/^@reddyfit\/shared/], onlyBundle: [] },
  plugins: [
    {
      name: 'photo-worker',
      // Bundlers find a worker by this expression, so it must name the built file.
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
