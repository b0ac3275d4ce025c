/** Tests of the wake, of the links that a tap opens, of typed weights, and of sending in the background. */

import type { Draft, ScanHandle } from '@reddyfit/client';
import { describe, expect, it } from 'vitest';
import { nextAngle, weightOf } from './capture.ts';
import { leave } from './leave.ts';
import { scanOfLink, scanOfPush } from './links.ts';
import { phoneWake } from './phone-wake.ts';
import { sendDrafts } from './send-drafts.ts';

describe('the wake of a phone', () => {
  function phone() {
    let toState: (state: string) => void = () => undefined;
    let toNetwork: (state: { isConnected: boolean | null }) => void = () => undefined;
    const states = {
      addEventListener: (_: 'change', listener: typeof toState) => {
        toState = listener;
        return { remove: () => undefined };
      },
    };
    const networks = {
      addEventListener: (listener: typeof toNetwork) => {
        toNetwork = listener;
        return () => undefined;
      },
    };
    const wake = phoneWake(states, networks);
    let woken = 0;
    const stop = wake.subscribe(() => void (woken += 1));
    return {
      wake,
      stop,
      woken: () => woken,
      state: (name: string) => toState(name),
      network: (isConnected: boolean | null) => toNetwork({ isConnected }),
    };
  }

  it('comes when the app is in front again, and with each change of the network', () => {
    const { wake, stop, woken, state, network } = phone();
    expect(wake.isOnline()).toBe(true);
    state('background');
    network(null);
    expect([woken(), wake.isOnline()]).toEqual([0, true]);
    state('active');
    network(false);
    expect([woken(), wake.isOnline()]).toEqual([2, false]);
    network(false);
    network(true);
    expect([woken(), wake.isOnline()]).toEqual([3, true]);
    stop();
    state('active');
    expect(woken()).toBe(3);
  });
});

it('opens the scan of a link or a push, and nothing else', () => {
  const id = '82bc1537-6fe7-4d4a-84d5-1b9fd0bdd17c';
  expect(scanOfLink(`reddyfit://scans/${id}`)).toBe(id);
  expect(scanOfPush({ link: `reddyfit://scans/${id}` })).toBe(id);
  for (const other of ['reddyfit://scans/', `https://scans/${id}`, `reddyfit://scans/${id}/x`, undefined, 7])
    expect(scanOfLink(other)).toBeNull();
  expect(scanOfPush(undefined)).toBeNull();
});

it('asks for one photo after another, and reads a weight as it is typed', () => {
  expect(nextAngle({})).toBe('front');
  expect(nextAngle({ front: 'f', left: 'l' })).toBe('back');
  expect(nextAngle({ front: 'f', back: 'b', left: 'l', right: 'r' })).toBeNull();
  expect(weightOf(' 82,3 ', 'kg')).toEqual({ kg: 82.3 });
  for (const typed of ['٨٢٫٣', '۸۲٫۳', '८२.३']) expect(weightOf(typed, 'kg')).toEqual({ kg: 82.3 });
  expect(weightOf('183', 'lb')).toEqual({ lb: 183 });
  for (const wrong of ['', 'a', '5 ft 11', '1e3', '-5', '0', '.']) expect(weightOf(wrong, 'kg')).toBeNull();
});

describe('drafts in the background', () => {
  const closed: string[] = [];
  const clientOf = (outcomes: Record<string, Promise<string>>) => ({
    drafts: async () => Object.keys(outcomes).map((id) => ({ id }) as Draft),
    resumeScan: (id: string) =>
      ({ submitted: outcomes[id]!, close: () => void closed.push(id) }) as unknown as ScanHandle,
  });

  it('are sent one after another, past one that is refused', async () => {
    const refused = Promise.reject(new Error('refused'));
    refused.catch(() => undefined);
    const client = clientOf({ a: Promise.resolve('scan-a'), b: refused, c: Promise.resolve('scan-c') });
    expect(await sendDrafts(client, 10_000)).toEqual(['scan-a', 'scan-c']);
    expect(closed.splice(0)).toEqual(['a', 'b', 'c']);
  });

  it('wait for the next time when the system gives no more', async () => {
    const client = clientOf({ a: Promise.resolve('scan-a'), b: new Promise(() => undefined) });
    expect(await sendDrafts(client, 20)).toEqual(['scan-a']);
    expect(closed.splice(0)).toEqual(['a', 'b']);
  });

  it('are none when nobody is signed in', async () => {
    const client = { drafts: () => Promise.reject(new Error('nobody')), resumeScan: clientOf({}).resumeScan };
    expect(await sendDrafts(client, 1000)).toEqual([]);
  });
});

describe('sign-out', () => {
  const signing = (drafts: number, mayDelete: boolean) => {
    const done: string[] = [];
    const note = (what: string) => async () => void done.push(what);
    const leaving = {
      client: {
        drafts: async () => Array.from({ length: drafts }, () => ({}) as Draft),
        forgetDevice: note('photos'),
      },
      scan: { close: () => void done.push('upload ended') },
      askToDelete: async () => {
        done.push('asked');
        return mayDelete;
      },
      turnPushOff: async () => {
        throw new Error('no network');
      },
      clearUploads: note('files'),
      signOut: note('signed out'),
    };
    return { done, leaving };
  };

  it('leaves an upload alone when the user would rather wait', async () => {
    const { done, leaving } = signing(1, false);
    expect(await leave(leaving)).toBe(false);
    expect(done).toEqual(['asked']);
  });

  it('says that photos which are not sent go, and then ends their upload first', async () => {
    const { done, leaving } = signing(1, true);
    expect(await leave(leaving)).toBe(true);
    expect(done).toEqual(['asked', 'upload ended', 'photos', 'files', 'signed out']);
  });

  it('asks nothing when nothing waits', async () => {
    const { done, leaving } = signing(0, false);
    expect(await leave(leaving)).toBe(true);
    expect(done).toEqual(['upload ended', 'photos', 'files', 'signed out']);
  });
});
