/** Opens Firebase and its sign-in with the settings that Hosting, or a stack on this machine, serves to the page. */

import { type FirebaseApp, initializeApp } from 'firebase/app';
import { type Auth, connectAuthEmulator, getAuth } from 'firebase/auth';

interface Settings {
  readonly projectId: string;
  readonly apiKey: string;
  /** host:port of each emulator. Only on a stack on one machine, where anyone may make an account. */
  readonly emulators?: Readonly<Record<'auth' | 'firestore' | 'functions', string>>;
}

export interface Session extends Pick<Settings, 'emulators'> {
  readonly app: FirebaseApp;
  readonly auth: Auth;
}

/** Opens the session. Rejects when the settings cannot be read. */
export async function openSession(): Promise<Session> {
  const answer = await fetch('/__/firebase/init.json');
  if (!answer.ok) throw new Error(`settings: ${answer.status}`);
  const { emulators, ...settings } = (await answer.json()) as Settings;
  const app = initializeApp(settings);
  const siteKey = document.querySelector<HTMLMetaElement>('meta[name=app-check-key]')?.content;
  if (siteKey && !emulators) (await import('./app-check.ts')).attest(app, siteKey);
  const auth = getAuth(app);
  if (emulators) connectAuthEmulator(auth, `http://${emulators.auth}`, { disableWarnings: true });
  await auth.authStateReady();
  return { app, auth, ...(emulators && { emulators }) };
}
