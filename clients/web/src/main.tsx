/** Starts the page: loads the words and draws the first screen, then sign-in or the screens of a signed-in user. */

import { createRoot } from 'react-dom/client';
import { wasSignedIn } from './account/signed-in-before.ts';
import { trustScripts } from './trusted-types.ts';
import { Broken, Waiting } from './waiting.tsx';
import { Welcome } from './account/welcome.tsx';
import { wordsFor } from './words.ts';

trustScripts();

// Only in a built page: on the development server, files change without a change of name.
if (import.meta.env.PROD && 'serviceWorker' in navigator)
  void navigator.serviceWorker.register('/service-worker.js').catch(() => undefined);

async function start(): Promise<void> {
  const app = import('./app.tsx');
  const settings = app.then(({ openSession }) => openSession());
  // The error is handled below, after the first screen is drawn.
  settings.catch(() => undefined);
  const { words, language, locale } = await wordsFor(navigator.language);
  document.documentElement.lang = language;
  const root = createRoot(document.getElementById('root')!);
  root.render(
    wasSignedIn() ? (
      <main>
        <Waiting words={words} />
      </main>
    ) : (
      <Welcome words={words} />
    ),
  );
  try {
    const [{ App }, session] = await Promise.all([app, settings]);
    root.render(<App session={session} words={words} locale={locale} />);
  } catch {
    root.render(<Broken words={words} />);
  }
}

void start();
