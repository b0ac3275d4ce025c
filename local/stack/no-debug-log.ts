/**
 * Loaded into firebase-tools before it starts. It turns off the debug log, which quotes what the Auth emulator sends to
 * the functions, including users' names and e-mail addresses. The output for people goes to firebase.log as before.
 */

import { createRequire } from 'node:module';

const logger = createRequire(import.meta.url)('firebase-tools/lib/logger.js') as { useFileLogger?: unknown };
if (typeof logger.useFileLogger !== 'function') {
  throw new Error('firebase-tools keeps its debug log another way than is known here; see no-debug-log.ts');
}
logger.useFileLogger = () => 'firebase.log';
