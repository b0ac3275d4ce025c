import { afterEach, expect, it, vi } from 'vitest';
import { noteSignedIn, wasSignedIn } from './signed-in-before.ts';

afterEach(() => vi.unstubAllGlobals());

it('remembers who was there last', () => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
  expect(wasSignedIn()).toBe(false);
  noteSignedIn(true);
  expect(wasSignedIn()).toBe(true);
  noteSignedIn(false);
  expect(wasSignedIn()).toBe(false);
});

it('guesses that nobody was where the browser refuses to keep anything', () => {
  const refuse = () => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };
  vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse, removeItem: refuse });
  expect(wasSignedIn()).toBe(false);
  expect(() => noteSignedIn(true)).not.toThrow();
});
