import { triggerWorkflowRequest } from '@reddyfit/shared/api/http';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { fieldErrors } from './field-errors.ts';

const told = (schema: z.ZodType, body: unknown) =>
  Object.fromEntries(
    schema
      .safeParse(body)
      .error!.issues.flatMap((issue) => fieldErrors(issue, body))
      .map(({ pointer, detail }) => [pointer, detail]),
  );

it('names in plain words what is missing and what may stand there, and quotes nothing', () => {
  const schema = z.strictObject({
    name: z.string(),
    place: z.strictObject({ city: z.string().min(2).max(5) }),
    kind: z.enum(['a', 'b']),
    weight: z.number().min(20).max(1000),
    code: z.string().regex(/^x+$/),
    'a/b~': z.boolean(),
  });
  const secret = 'a value of the client';
  const body = {
    place: { city: secret },
    kind: secret,
    weight: 5,
    code: secret,
    'a/b~': secret,
    more: secret,
  };
  const errors = told(schema, body);
  expect(errors).toEqual({
    '/name': 'This field is missing.',
    '/place/city': 'This must be at most 5 characters long.',
    '/kind': 'This must be "a" or "b".',
    '/weight': 'This must be at least 20.',
    '/code': 'This must match /^x+$/.',
    '/a~1b~0': 'This must be of type boolean.',
    '/more': 'This field is not allowed.',
  });
  expect(JSON.stringify(errors)).not.toContain(secret);
});

it('says so of the request that starts a scan', () => {
  expect(told(triggerWorkflowRequest, {})).toMatchObject({
    '/scanId': 'This field is missing.',
    '/angleUrls': 'This field is missing.',
  });
  expect(told(triggerWorkflowRequest, null)).toEqual({ '': 'This must be of type object.' });
});
