/** Tells the user how a scan ended, on this device: offered while a scan runs, renewed at each start, ended at sign-out. */

import type { ReddyFitClient } from '@reddyfit/client';
import type { AppWords } from '@reddyfit/shared/words/app/en';
import type { FirebaseApp } from 'firebase/app';
import { createContext, useContext, useEffect, useState } from 'react';

/**
 * - `none`: this site or this browser has no push, or the user has told the browser so before.
 * - `install`: iOS has it only for an app on the home screen.
 * - `ask`: nobody has been asked.
 * - `starting`, `on`, `failed`: allowed, or just refused (`failed`).
 */
type PushState = 'none' | 'install' | 'ask' | 'starting' | 'on' | 'failed';

interface Push {
  readonly state: PushState;
  /** From a tap: asks the user for the permission, once. */
  turnOn(): void;
  /** This device gets no push of this user any more. Resolves within a few seconds, also without a network. */
  end(): Promise<void>;
}

/** Signing out waits no longer than this for servers that do not answer (ms). */
const END_MS = 5000;

const BY_PERMISSION = { default: 'ask', granted: 'starting', denied: 'none' } as const;

/** Public half of the key by which the site names itself to push services; absent where the site was built without (docs/configuration.md). */
const vapidKeyOf = (document: Document) =>
  document.querySelector<HTMLMetaElement>('meta[name=vapid-key]')?.content;

function firstState(): PushState {
  if (!vapidKeyOf(document)) return 'none';
  if ('Notification' in window && 'PushManager' in window && 'serviceWorker' in navigator)
    return BY_PERMISSION[Notification.permission];
  // Only Safari of iOS says whether it shows an app of the home screen.
  return 'standalone' in navigator && navigator.standalone === false ? 'install' : 'none';
}

/** Of the user who is signed in now. */
export function usePush(app: FirebaseApp, client: ReddyFitClient): Push {
  const [state, setState] = useState(firstState);
  const token = async () => (await import('./push-token.ts')).pushToken(app, vapidKeyOf(document)!);
  const register = async () => {
    await client.registerDevice({ token: await token(), platform: 'web' });
    setState('on');
  };
  const fail = () => setState('failed');
  useEffect(() => {
    if (state === 'starting') register().catch(fail);
  }, []);
  const ask = async () => {
    // First of all: some browsers ask only within the tap.
    const permission = await Notification.requestPermission();
    // Closed without an answer: to be asked again.
    if (permission === 'default') return;
    setState('starting');
    if (permission === 'denied') throw new Error('refused');
    await register();
  };
  const end = async () => {
    const { dropPushToken } = await import('./push-token.ts');
    const known = await token();
    await Promise.allSettled([client.unregisterDevice({ token: known }), dropPushToken(app)]);
  };
  return {
    state,
    turnOn: () => void ask().catch(fail),
    async end() {
      if (firstState() !== 'starting') return;
      const late = new Promise<void>((resolve) => setTimeout(resolve, END_MS));
      await Promise.race([end().catch(() => undefined), late]);
    },
  };
}

export const PushContext = createContext<Push | null>(null);

/** What a running scan says about push. */
export function PushOffer({ words }: { words: AppWords }) {
  const push = useContext(PushContext);
  switch (push?.state) {
    case 'ask':
      return (
        <button type="button" className="quiet" onClick={push.turnOn}>
          {words.notifyAsk}
        </button>
      );
    case 'install':
      return <p className="hint">{words.notifyInstall}</p>;
    case 'on':
      return (
        <p role="status" className="hint">
          {words.notifyOn}
        </p>
      );
    case 'failed':
      return (
        <p role="status" className="hint">
          {words.notifyFailed}
        </p>
      );
    default:
      return null;
  }
}
