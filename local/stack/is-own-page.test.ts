import { expect, it } from 'vitest';
import { isOwnPage } from './is-own-page.ts';

it.each([
  [{ host: '127.0.0.1:9199' }],
  [{ host: 'localhost:9199', origin: 'http://localhost:5000' }],
  [{ host: '127.0.0.1:9199', origin: 'http://127.0.0.1:8233' }],
  [{ host: '[::1]:9199', origin: 'http://[::1]:5000' }],
  [{}],
  [{ host: 'fcm.googleapis.com' }],
])('programs and pages of this machine are answered: %o', (headers) => {
  expect(isOwnPage(headers)).toBe(true);
});

it.each([
  [{ host: '127.0.0.1:9199', origin: 'https://evil.example' }],
  // The origin of a page in a file or in a sandbox.
  [{ host: '127.0.0.1:9199', origin: 'null' }],
  [{ host: '127.0.0.1:9199', origin: 'http://localhost.evil.example' }],
  [{ host: '127.0.0.1:9199', origin: 'http://127.0.0.1.evil.example' }],
  [{ host: '127.0.0.1:9199', origin: '' }],
  [{ host: 'fcm.googleapis.com', origin: 'https://evil.example' }],
  // A name that was made to resolve to this address (DNS rebinding).
  [{ host: 'rebound.evil.example:9199' }],
])('pages of other sites are not: %o', (headers) => {
  expect(isOwnPage(headers)).toBe(false);
});
