import { readFileSync } from 'node:fs';
import { CALL_ERRORS, ERROR_CODES } from '@reddyfit/shared/errors';
import { expect, it } from 'vitest';
import { messagesPage, messagesPath } from './messages-catalogue.ts';

it('docs/messages.md is the one that the words make (npm run catalogue)', () => {
  expect(readFileSync(messagesPath, 'utf8')).toBe(messagesPage());
});

it('the page has every code by which an app decides', () => {
  const [, scans, calls] = messagesPage().split(/^## /m);
  const in_ = (part: string) => new Set([...part.matchAll(/^\| `([A-Z]\w+)/gm)].map(([, code]) => code!));
  expect([...in_(scans!)].toSorted()).toEqual(ERROR_CODES.toSorted());
  expect([...in_(calls!)].toSorted()).toEqual([...Object.keys(CALL_ERRORS), 'InternalError'].toSorted());
});
