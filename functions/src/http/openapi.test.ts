import { expect, it } from 'vitest';
import { openApiDocument } from './openapi.ts';

it('openapi.json in the repository is what the API publishes (write it anew with vitest -u)', async () => {
  const text = `${JSON.stringify(openApiDocument(), null, 2)}\n`;
  await expect(text).toMatchFileSnapshot('../../openapi.json');
});

it('every reference leads somewhere', () => {
  const document = openApiDocument() as { components: { schemas: object } };
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1]!);
  const known = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
  expect(references.filter((reference) => !known.includes(reference))).toEqual([]);
  expect(references.length).toBeGreaterThan(5);
});
