/**
 * Draws the first screen for visitors who are not signed in, before React has loaded. It is a script of its own, hardly
 * larger than its words. React draws the same screen in its place (welcome.tsx).
 */

import { wasSignedIn } from './account/signed-in-before.ts';
import { wordsFor } from './words.ts';

async function draw(): Promise<void> {
  if (wasSignedIn()) return;
  const { words, language } = await wordsFor(navigator.language);
  const root = document.getElementById('root')!;
  // React has drawn already.
  if (root.firstChild) return;
  document.documentElement.lang = language;
  const part = (tag: string, className: string, text = '') =>
    Object.assign(document.createElement(tag), { className, textContent: text });
  const main = part('main', 'welcome');
  main.append(part('p', 'brand', 'ReddyFit'), part('h1', '', words.signIn), part('p', 'lead', words.welcome));
  root.append(main);
}

void draw();
