/**
 * Sign-in by e-mail and password, which the local stack has. Your app may sign in by any method; the client only needs a
 * user.
 */

import { type Auth, signInWithEmailAndPassword } from 'firebase/auth';
import { useState } from 'react';
import { Text, View } from 'react-native';
import { Button, Fault, Field, styles } from './parts.tsx';
import { WORDS } from './words.ts';

export function SignIn({ auth }: { auth: Auth }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [fault, setFault] = useState<string>();
  const signIn = () => {
    setFault(undefined);
    signInWithEmailAndPassword(auth, email.trim(), password).catch((error: Error) => setFault(error.message));
  };
  return (
    <View style={styles.page}>
      <Text style={styles.title}>ReddyFit</Text>
      <Field
        label={WORDS.email}
        value={email}
        onChangeText={setEmail}
        autoCapitalize="none"
        autoComplete="email"
        keyboardType="email-address"
      />
      <Field
        label={WORDS.password}
        value={password}
        onChangeText={setPassword}
        autoComplete="current-password"
        secureTextEntry
      />
      <Fault text={fault} />
      <Button label={WORDS.signIn} onPress={signIn} disabled={!email || !password} />
    </View>
  );
}
