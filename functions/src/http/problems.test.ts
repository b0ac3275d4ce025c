import { ScanPipelineError } from '@reddyfit/shared/errors';
import { expect, it } from 'vitest';
import { problemOf } from './problems.ts';

it('says nothing of an error that is not its own', () => {
  const problem = problemOf(new Error('row of jane@example.com: 181.4 lb'));
  expect(problem.status).toBe(500);
  expect(JSON.stringify(problem.details())).not.toMatch(/jane|181/);
});

it('tells a server that is too busy from a fault, so that a client asks again', () => {
  const overtaken = Object.assign(new Error('10 ABORTED: row of jane@example.com'), { code: 10 });
  const problem = problemOf(overtaken);
  expect(problem.details()).toMatchObject({ status: 503, type: 'urn:problem-type:reddyfit:unavailable' });
  expect(Number(problem.headers['retry-after'])).toBeGreaterThan(0);
  expect(JSON.stringify(problem.details())).not.toContain('jane');
});

it.each([
  'InvalidScanError',
  'PhotoNotOwnedError',
  'ProfileIncompleteError',
  'ConsentMissingError',
  'InsufficientCreditsError',
  'AccountDeletionError',
] as const)('blames the request for what admission refuses by %s, in the same words', (code) => {
  const error = new ScanPipelineError(code);
  const details = problemOf(error).details();
  expect(details).toMatchObject({ code, detail: error.message });
  expect(details.status).toBeLessThan(500);
});
