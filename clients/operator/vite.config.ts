/**
 * Builds the operator's desk into /operator of the folder that Hosting serves, beside the web client. On a stack the
 * web client's server serves both.
 */

import { join } from 'node:path';
import { defineConfig } from 'vite';

// A build that a test starts inherits the test's NODE_ENV, which would give a page with React's development build.
if (process.argv.includes('build')) process.env['NODE_ENV'] = 'production';

export default defineConfig({
  base: '/operator/',
  build: { target: 'es2022', outDir: join(import.meta.dirname, '../web/dist/operator'), emptyOutDir: true },
});
