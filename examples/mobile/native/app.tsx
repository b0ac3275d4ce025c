/** Shows the sign-in or a scan: a waiting draft, the scan of a link or a push, or else a new scan. */

import type { ScanHandle } from '@reddyfit/client';
import { ReddyFitProvider } from '@reddyfit/client/react';
import { onAuthStateChanged, signOut, type User } from 'firebase/auth';
import { useEffect, useState } from 'react';
import { Alert, Linking, SafeAreaView } from 'react-native';
import { leave } from '../logic/leave.ts';
import { scanOfLink } from '../logic/links.ts';
import { sendInBackground } from './background.ts';
import { NewScan } from './new-scan.tsx';
import { Button, styles } from './parts.tsx';
import { onPushOpened, renewPush, turnPushOff } from './push.ts';
import { Scan } from './scan.tsx';
import { services } from './services.ts';
import { SignIn } from './sign-in.tsx';
import { WORDS } from './words.ts';

export function App() {
  const { auth } = services();
  const [user, setUser] = useState<User | null>();
  useEffect(() => onAuthStateChanged(auth, setUser), [auth]);
  if (user === undefined) return null;
  return user ? <SignedIn key={user.uid} /> : <SignIn auth={auth} />;
}

function SignedIn() {
  const { auth, client, clearUploads } = services();
  const [scan, setScan] = useState<string | ScanHandle | null>();
  useEffect(() => {
    const resume = async () => {
      const [draft] = await client.drafts();
      if (!draft) await clearUploads();
      // A tap on a push may already have opened a scan.
      setScan((shown) => shown ?? (draft ? client.resumeScan(draft.id) : null));
    };
    resume().catch(() => setScan((shown) => shown ?? null));
    sendInBackground().catch(() => undefined);
    const stops = [onPushOpened(setScan), renewPush(client)];
    const link = Linking.addEventListener('url', ({ url }) => {
      const scanId = scanOfLink(url);
      if (scanId) setScan(scanId);
    });
    return () => {
      for (const stop of stops) stop();
      link.remove();
    };
  }, [client, clearUploads]);
  const signOutHere = () =>
    leave({
      client,
      scan: typeof scan === 'object' ? scan : null,
      askToDelete,
      turnPushOff: () => turnPushOff(client),
      clearUploads,
      signOut: () => signOut(auth),
    });
  if (scan === undefined) return null;
  return (
    <ReddyFitProvider client={client}>
      <SafeAreaView style={styles.camera}>
        {scan === null ? (
          <NewScan onReady={(photos, weight) => setScan(client.startScan({ photos, weight }))} />
        ) : (
          <Scan scan={scan} client={client} onAgain={() => setScan(null)} />
        )}
        <Button label={WORDS.signOut} onPress={() => void signOutHere()} />
      </SafeAreaView>
    </ReddyFitProvider>
  );
}

/** Resolves with what the user chose; closing the question is a no. */
function askToDelete(): Promise<boolean> {
  return new Promise((resolve) => {
    Alert.alert(
      WORDS.signOut,
      WORDS.notSent,
      [
        { text: WORDS.stay, style: 'cancel', onPress: () => resolve(false) },
        { text: WORDS.signOut, style: 'destructive', onPress: () => resolve(true) },
      ],
      { onDismiss: () => resolve(false) },
    );
  });
}
