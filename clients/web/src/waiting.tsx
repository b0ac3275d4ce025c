/** A placeholder for content that is still to come from the server. It tells when the server cannot be reached. */

import type { AppWords } from '@reddyfit/shared/words/app/en';
import { Component, type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';

/** After this long without an answer (ms), the server is taken to be out of reach. */
const LONG_MS = 10_000;

function subscribe(listener: () => void): () => void {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
}

export function Waiting({ words }: { words: AppWords }) {
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" className="waiting">
      {online && !long ? words.loading : <h1>{words.unreached}</h1>}
    </div>
  );
}

/** Tells that something is broken, with a button to load the page again. */
export function Broken({ words }: { words: AppWords }) {
  return (
    <main>
      <p role="alert" className="notice">
        {words.broken}
      </p>
      <button type="button" onClick={() => location.reload()}>
        {words.tryAgain}
      </button>
    </main>
  );
}

/** Shows its children, or Broken when their script could not be loaded. */
export class Loadable extends Component<{ words: AppWords; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError = () => ({ failed: true });
  override render() {
    const { words, children } = this.props;
    return this.state.failed ? <Broken words={words} /> : children;
  }
}
