/** Pushes to this device when a scan ends: offered while a scan runs, renewed at each start, ended at sign-out. */

import type { ReddyFitClient } from '@reddyfit/client';
import type { AppWords } from '@reddyfit/shared/words/app/en';
import type { FirebaseApp } from 'firebase/app';
import { createContext, useContext, useEffect, useState } from 'react';
import { Told } from '../told.tsx';

/**
 * - `none`: this site or this browser has no push, or the user has denied the permission before.
 * - `install`: iOS has push only for an app on the home screen.
 * - `ask`: the user has not been asked.
 * - `starting`, `on`: permission is granted, and the device is being registered or is registered.
 * - `failed`: registering failed, or the user has just denied the permission.
 */
type PushState = 'none' | 'install' | 'ask' | 'starting' | 'on' | 'failed';

interface Push {
  readonly state: PushState;
  /** Asks the user for permission. Must be called from a tap. */
  turnOn(): void;
  /** Stops pushes of this user to this device. Resolves within a few seconds, also without a network. */
  end(): Promise<void>;
}

/** The longest time that signing out waits for servers that do not answer (ms). */
const END_MS = 5000;

const BY_PERMISSION = { default: 'ask', granted: 'starting', denied: 'none' } as const;

/**
 * The public key by which the site identifies itself to push services; absent when the site was built without it
 * (docs/configuration.md).
 */
const vapidKeyOf = (document: Document) =>
  document.querySelector<HTMLMetaElement>('meta[name=vapid-key]')?.content;

function firstState(): PushState {
  if (!vapidKeyOf(document)) return 'none';
  if ('Notification' in window && 'PushManager' in window && 'serviceWorker' in navigator)
    return BY_PERMISSION[Notification.permission];
  // `standalone` exists only in Safari on iOS; it is true in an app on the home screen.
  return 'standalone' in navigator && navigator.standalone === false ? 'install' : 'none';
}

/** The push state of the signed-in user. */
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
    // Called before anything else, because some browsers show the question only during the tap.
    const permission = await Notification.requestPermission();
    // The user closed the question without an answer, so it may be asked again.
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

/** The offer or the state of push, shown with a running scan. */
export function PushOffer({ words }: { words: AppWords }) {
  const push = useContext(PushContext);
  return (
    <>
      {push?.state === 'ask' && (
        <button type="button" className="quiet" onClick={push.turnOn}>
          {words.notifyAsk}
        </button>
      )}
      {push?.state === 'install' && <p className="hint">{words.notifyInstall}</p>}
      <Told>
        {push?.state === 'on' && <p className="hint">{words.notifyOn}</p>}
        {push?.state === 'failed' && <p className="hint">{words.notifyFailed}</p>}
      </Told>
    </>
  );
}
