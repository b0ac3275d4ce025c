/** Shows a part of the desk in React on a document of linkedom. */

import { type HTMLElement, parseHTML } from 'linkedom';
import { act, type ReactNode } from 'react';
import { onTestFinished, vi } from 'vitest';

export interface Mounted {
  /** What each status says, in the order in which they stand. */
  says(): string[];
  text(): string;
  /** What was scrolled into sight last said then; null when nothing was. */
  inSight(): string | null;
  /** Where each link leads. */
  links(): string[];
  /** Presses the button with this label; resolves once what it began is over, as far as it was answered. */
  press(label: string): Promise<void>;
  submit(): Promise<void>;
  /** Does something, such as answering a request, and waits for the page. */
  wait(what: () => void): Promise<void>;
}

/**
 * Forms are read by the FormData of a page, which linkedom lacks: `fields` are what it reads. A dialog is shown where it stands: linkedom
 * opens none.
 */
export async function mounted(
  node: ReactNode,
  fields: Readonly<Record<string, string>> = {},
): Promise<Mounted> {
  const parsed = parseHTML('<!doctype html><div id="root"></div>');
  const place = parsed.document.querySelector('#root') as unknown as HTMLElement;
  // Other files share the process, and may load before their first test begins.
  onTestFinished(() => void vi.unstubAllGlobals());
  vi.stubGlobal('document', parsed.document);
  vi.stubGlobal('window', parsed.window);
  vi.stubGlobal('HTMLIFrameElement', Function);
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  vi.stubGlobal(
    'FormData',
    class {
      get(name: string) {
        return fields[name] ?? null;
      }
    },
  );
  let inSight: string | null = null;
  Object.assign(parsed.window.HTMLElement.prototype, {
    showModal() {},
    close() {},
    scrollIntoView(this: HTMLElement) {
      inSight = this.textContent;
    },
  });
  // react-dom looks for a document when it is loaded.
  const { createRoot } = await import('react-dom/client');
  const root = createRoot(place as unknown as Element);
  const wait = (what: () => void) => act(async () => what());
  const fire = (target: HTMLElement, type: string) =>
    wait(() => void target.dispatchEvent(new parsed.window.Event(type, { bubbles: true, cancelable: true })));
  await wait(() => root.render(node));
  onTestFinished(() => act(() => root.unmount()));
  return {
    says: () => [...place.querySelectorAll('[role=status]')].map(({ textContent }) => textContent ?? ''),
    text: () => place.textContent ?? '',
    inSight: () => inSight,
    links: () => [...place.querySelectorAll('a')].map((link) => link.getAttribute('href') ?? ''),
    press(label) {
      const button = [...place.querySelectorAll('button')].find(({ textContent }) => textContent === label);
      if (!button) throw new Error(`no button “${label}”`);
      return fire(button as HTMLElement, 'click');
    },
    submit: () => fire(place.querySelector('form')!, 'submit'),
    wait,
  };
}
