/** Builds the operator's desk into a folder of what Hosting serves: under /operator, beside the web client, by whose server a stack serves both. */

import { join } from 'node:path';
import { defineConfig } from 'vite';

// A test's NODE_ENV is inherited by what it builds, and would make a page of React for developers.
if (process.argv.includes('build')) process.env['NODE_ENV'] = 'production';

export default defineConfig({
  base: '/operator/',
  build: { target: 'es2022', outDir: join(import.meta.dirname, '../web/dist/operator'), emptyOutDir: true },
});
