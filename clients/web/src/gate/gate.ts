/**
 * Asks the gate's web worker about photos. The gate only helps and never blocks: where it cannot judge or is late, the
 * answer is null.
 */

import type { Looked } from '@reddyfit/shared/gate/arrange-photos';
import { faultsSoFar } from '@reddyfit/shared/gate/faults';
import type { PhotoFault } from '@reddyfit/shared/gate/photo-fault';
import type { Angle } from '@reddyfit/shared/names/angles';
import type { GateAnswer, GateRequest } from './gate-worker.ts';

/** How long the camera waits for the verdict on a photo (ms): on a slow phone it takes more than a second. */
const VERDICT_MS = 2500;

/** After this time (ms) an answer counts as lost: on most phones a check takes a second at most. */
const LATE_MS = 20_000;

interface Gate {
  /** Resolves with true once the networks are loaded, or false when the gate cannot run. */
  readonly ready: Promise<boolean>;
  look(angle: Angle, photo: Blob | ImageBitmap): Promise<Looked | null>;
}

let opened: Gate | undefined;

/** The first fault of a photo that was just taken; null when it has none, or when none is found in time. */
export async function faultNow(angle: Angle, photo: Blob): Promise<PhotoFault | null> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), VERDICT_MS));
  const look = await Promise.race([openGate().look(angle, photo), late]);
  return (look && faultsSoFar({ [angle]: look })[angle]?.[0]) ?? null;
}

/**
 * The page's only gate. It stays open, because its networks take seconds to load. They are ten megabytes, so a user who
 * saves data gets a gate that answers null.
 */
export function openGate(): Gate {
  opened ??= isWanted() ? startGate() : NO_GATE;
  return opened;
}

const NO_GATE: Gate = { ready: Promise.resolve(false), look: async () => null };

function isWanted(): boolean {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  return 'Worker' in globalThis && 'OffscreenCanvas' in globalThis && connection?.saveData !== true;
}

function startGate(): Gate {
  /** Answers by photo: the camera and the form ask about the same photo. */
  const known = new WeakMap<Blob, Promise<Looked | null>>();
  const waiting = new Map<number, (look: Looked | null) => void>();
  const ready = Promise.withResolvers<boolean>();
  let asked = 0;
  let worker: Worker | undefined;
  const end = () => {
    worker?.terminate();
    worker = undefined;
    ready.resolve(false);
    for (const answer of waiting.values()) answer(null);
    waiting.clear();
  };
  try {
    worker = new Worker(new URL('./gate-worker.ts', import.meta.url), { type: 'module', name: 'gate' });
  } catch {
    return NO_GATE;
  }
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    end();
  });
  worker.addEventListener('message', ({ data }: MessageEvent<GateAnswer>) => {
    if ('ready' in data) {
      ready.resolve(data.ready);
      if (!data.ready) end();
      return;
    }
    waiting.get(data.id)?.(data.look);
    waiting.delete(data.id);
  });
  return {
    ready: ready.promise,
    look(angle, photo) {
      if (!worker) return Promise.resolve(null);
      const before = photo instanceof Blob && known.get(photo);
      if (before) return before;
      const id = ++asked;
      worker.postMessage({ id, angle, photo } satisfies GateRequest, photo instanceof Blob ? [] : [photo]);
      const answer = new Promise<Looked | null>((resolve) => {
        const late = setTimeout(() => {
          waiting.delete(id);
          resolve(null);
        }, LATE_MS);
        waiting.set(id, (look) => {
          clearTimeout(late);
          resolve(look);
        });
      });
      if (photo instanceof Blob) known.set(photo, answer);
      return answer;
    },
  };
}
