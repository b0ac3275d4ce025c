/** Starts the page: reads the settings of the project or the stack, then shows the sign-in. */

import { createRoot } from 'react-dom/client';
import { openSession } from '../../web/src/session.ts';
import { App } from './app.tsx';
import { Refusal } from './refusal.tsx';

const root = createRoot(document.getElementById('root')!);
try {
  root.render(<App session={await openSession()} />);
} catch (error) {
  root.render(
    <main>
      <Refusal error={error} />
    </main>,
  );
}
