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

const components = () =>
  (openApiDocument() as { components: { schemas: Record<string, Record<string, unknown>> } }).components
    .schemas;

/** The places in `schema` at which an object with fields stands, except `schema` itself. */
function inlineObjects(schema: unknown, place: string, within = false): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = within && 'properties' in schema && 'type' in schema && schema.type === 'object' ? [place] : [];
  const inner = Object.entries(schema).flatMap(([key, value]) =>
    inlineObjects(value, `${place}.${key}`, true),
  );
  return [...own, ...inner];
}

it('every object is a component with a name of its own, since generators make models of them', () => {
  const found = Object.entries(components()).flatMap(([name, schema]) => inlineObjects(schema, name));
  expect(found, 'name them in openapi-schemas.ts').toEqual([]);
  expect(Object.keys(components()).filter((name) => name.startsWith('__'))).toEqual([]);
});

it('what a client sends is closed, and what it hears may grow', () => {
  const { TriggerWorkflowRequest: request, ...others } = components();
  const {
    PhotoUrls: _urls,
    CameraElevationAngles: _elevations,
    DeclaredUploads: _uploads,
    DeclaredUpload: _upload,
    ...answers
  } = others;
  expect(request).toMatchObject({ additionalProperties: false });
  expect(JSON.stringify(answers)).not.toMatch(/"additionalProperties":false|"enum":/);
  expect(components().Scan).toMatchObject({
    properties: {
      status: {
        type: 'string',
        'x-extensible-enum': expect.arrayContaining(['queued', 'completed']),
        description: expect.stringContaining('More values may come'),
      },
    },
  });
});

it('says of every field of a step, and of what the server adds to a scan, what it is', () => {
  const { ScanStep, ScanError, Scan } = components() as Record<
    string,
    { properties: Record<string, { description?: string; $ref?: string }> }
  >;
  const silent = Object.entries({ ScanStep, ScanError, Scan }).flatMap(([name, schema]) =>
    Object.entries(schema!.properties)
      // A reference leads to a component that speaks for itself.
      .filter(([, { description, $ref }]) => !description && !$ref)
      .map(([field]) => `${name}.${field}`),
  );
  expect(silent).toEqual([]);
});
