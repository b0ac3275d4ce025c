import { expect, it, vi } from 'vitest';
import { withLock } from './one-tab.ts';

it('lets one after the other work where there are no locks, also after one that failed', async () => {
  vi.stubGlobal('navigator', {});
  const { signal } = new AbortController();
  const course: string[] = [];
  const first = Promise.withResolvers<void>();
  const work = (name: string, until: Promise<void>) => async () => {
    course.push(`${name} begins`);
    await until;
    course.push(`${name} ends`);
  };
  const one = withLock('draft', signal, work('one', first.promise));
  const two = withLock('draft', signal, work('two', Promise.resolve()));
  const other = withLock('another', signal, work('other', Promise.resolve()));
  await other;
  expect(course).toEqual(['one begins', 'other begins', 'other ends']);
  first.reject(new Error('no network'));
  await expect(one).rejects.toThrow('no network');
  await two;
  expect(course.slice(3)).toEqual(['two begins', 'two ends']);
});
