/** useScan in React itself, on a document of linkedom. */

import { type HTMLElement, parseHTML } from 'linkedom';
import { act, createElement, StrictMode } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ReddyFitClient } from './client.ts';
import { ReddyFitProvider, useScan } from './react.ts';
import { NOTHING_YET, type ScanSnapshot } from './watching/snapshot.ts';
import { createStore } from './store.ts';
import type { ScanWatch } from './watching/watch.ts';

let place: HTMLElement;
beforeEach(() => {
  const parsed = parseHTML('<!doctype html><div id="root"></div>');
  place = parsed.document.querySelector('#root')!;
  vi.stubGlobal('document', parsed.document);
  vi.stubGlobal('window', parsed.window);
  vi.stubGlobal('HTMLIFrameElement', Function);
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
});

/** A client whose watches the test controls. */
function world() {
  const watches = new Map<string, { store: ReturnType<typeof createStore<ScanSnapshot>>; made: number }>();
  const watchScan = (scanId: string): ScanWatch => {
    const known = watches.get(scanId) ?? {
      store: createStore<ScanSnapshot>({ ...NOTHING_YET, scanId }, () => undefined),
      made: 0,
    };
    known.made += 1;
    watches.set(scanId, known);
    return known.store as unknown as ScanWatch;
  };
  return { watches, client: { watchScan } as unknown as ReddyFitClient };
}

async function mounted(client: ReddyFitClient) {
  // react-dom looks for a document when it is loaded.
  const { createRoot } = await import('react-dom/client');
  const renders: ScanSnapshot[] = [];
  const Shown = ({ scan }: { scan: string | null }) => {
    const snapshot = useScan(scan);
    renders.push(snapshot);
    return createElement('p', null, `${snapshot.scanId} ${snapshot.phase}`);
  };
  const root = createRoot(place);
  const show = (scan: string | null) =>
    act(() =>
      root.render(
        createElement(
          StrictMode,
          null,
          createElement(ReddyFitProvider, { client }, createElement(Shown, { scan })),
        ),
      ),
    );
  return { show, renders, text: () => place.textContent, unmount: () => act(() => root.unmount()) };
}

describe('useScan', () => {
  it('shows each change of the scan while it is mounted, and listens no longer', async () => {
    const { client, watches } = world();
    const { show, text, unmount } = await mounted(client);
    show('one');
    expect(text()).toBe('one loading');
    const { store } = watches.get('one')!;
    expect(store.listeners).toBe(1);
    act(() => store.update({ phase: 'processing' }));
    expect(text()).toBe('one processing');
    unmount();
    expect(store.listeners).toBe(0);
  });

  it('goes over to another scan, and to none', async () => {
    const { client, watches } = world();
    const { show, text, unmount } = await mounted(client);
    show('one');
    show('two');
    expect(text()).toBe('two loading');
    expect(watches.get('one')!.store.listeners).toBe(0);
    expect(watches.get('two')!.store.listeners).toBe(1);
    show(null);
    expect(text()).toBe('null loading');
    expect(watches.get('two')!.store.listeners).toBe(0);
    unmount();
  });

  it('renders anew only when something changed', async () => {
    const { client, watches } = world();
    const { show, renders, unmount } = await mounted(client);
    show('one');
    const before = renders.length;
    act(() => watches.get('one')!.store.update({ phase: 'loading' }));
    expect(renders.length).toBe(before);
    unmount();
  });

  it('says what is missing without a provider', async () => {
    const { createRoot } = await import('react-dom/client');
    const root = createRoot(place);
    const Alone = () => createElement('p', null, useScan('one').phase);
    expect(() => act(() => root.render(createElement(Alone)))).toThrow('<ReddyFitProvider');
  });
});
