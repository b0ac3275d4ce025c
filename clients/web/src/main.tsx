/** Begins: words, then sign-in; all else is loaded once somebody is signed in. */

import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { openSession } from './session.ts';
import { trustScripts } from './trusted-types.ts';
import { wordsFor } from './words.ts';

trustScripts();

// Where the sources are served, files change under their names.
if (import.meta.env.PROD && 'serviceWorker' in navigator)
  void navigator.serviceWorker.register('/service-worker.js').catch(() => undefined);

const { words, language, locale } = await wordsFor(navigator.language);
document.documentElement.lang = language;
const root = createRoot(document.getElementById('root')!);
try {
  root.render(<App session={await openSession()} words={words} locale={locale} />);
} catch {
  root.render(
    <main>
      <p role="alert" className="notice">
        {words.broken}
      </p>
    </main>,
  );
}
