/**
 * Loaded into firebase-tools before it starts: halves its start. For each of the Auth emulator's some 250 parameters, exegesis
 * makes a new Ajv, and each of them compiles JSON Schema's own schema only to check Google's with it. The requests are
 * checked as before. Where the packages differ from what is expected here, nothing is changed.
 */

import { createRequire } from 'node:module';

interface AjvModule {
  readonly default?: { readonly prototype: { validateSchema: (schema: unknown) => boolean } };
}

try {
  const fromFirebaseTools = createRequire(
    createRequire(import.meta.url).resolve('firebase-tools/package.json'),
  );
  const fromExegesis = createRequire(fromFirebaseTools.resolve('exegesis'));
  const { default: Ajv } = fromExegesis('ajv') as AjvModule;
  if (Ajv) Ajv.prototype.validateSchema = () => true;
} catch {
  // Slower, and as well.
}
