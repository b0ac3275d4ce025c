/** The first screen for visitors who are not signed in, shown while the code for signing in still loads. */

import type { AppWords } from '@reddyfit/shared/words/app/en';
import type { ReactNode } from 'react';

export function Welcome({ words, children }: { words: AppWords; children?: ReactNode }) {
  return (
    <main className="welcome">
      <p className="brand">ReddyFit</p>
      <h1>{words.signIn}</h1>
      <p className="lead">{words.welcome}</p>
      {children}
    </main>
  );
}
