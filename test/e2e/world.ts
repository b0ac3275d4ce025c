/** The world of one test: the running stack, users made for the test, and access to what their scans leave. */

import { objects } from '@reddyfit/shared/names/paths';
import { type Angle, ANGLES } from '@reddyfit/shared/scan/photos';
import type { WaivableIssue } from '@reddyfit/shared/scan/results';
import type { ScanHandle } from '@reddyfit/client';
import { expect, inject, test } from 'vitest';
import { expectInvariants, type InvariantOptions } from './invariants.ts';
import { modelAt } from './model.ts';
import { observe, type Observation } from './observation.ts';
import { goodPhotos, type Photos } from './photos.ts';
import { pushesAt } from './pushes.ts';
import { lookInto, type Records } from './records.ts';
import { type ScanEvents, subscribe } from './scan-events.ts';
import { openServers, type Servers } from './servers.ts';
import { createUser, type User, type UserOptions } from './users.ts';

export interface ScanOptions {
  /** Default: four good photos. */
  readonly photos?: Photos;
  /** Body weight (lb). Default 150. */
  readonly weightLb?: number;
  /** Reasons that the scan is to let pass, as an offer named them. */
  readonly without?: readonly WaivableIssue[];
}

export interface SubmittedScan {
  readonly scanId: string;
  /** A listener that listened before the document existed. */
  readonly seen: Observation;
}

export interface World extends Records {
  readonly servers: Servers;
  /**
   * Controls of the model stand-in for the requests of all users. A test that shares the stack with others uses those of its
   * user.
   */
  readonly model: ReturnType<typeof modelAt>;
  readonly fcm: ReturnType<typeof pushesAt>;
  /** When the test began (ms since 1970). */
  readonly since: number;
  newUser(options?: UserOptions): Promise<User>;
  /** Requests a scan id, listens, uploads and writes the document, all as the client does. */
  submitScan(user: User, options?: ScanOptions): Promise<SubmittedScan>;
  /** Submits a scan and waits until it has completed and everything that follows the result is done. Resolves with its id. */
  completedScan(user: User, options?: ScanOptions): Promise<string>;
  /** Requests a scan id, listens and uploads. The caller writes the document by `submit`. */
  prepareScan(user: User, options?: ScanOptions): Promise<SubmittedScan & { submit(): Promise<void> }>;
  /** Another listener on a scan. */
  observe(user: User, scanId: string): Observation;
  /** Checks what must hold for every scan that has ended; see invariants.ts. */
  expectInvariants(scanId: string, options?: InvariantOptions): Promise<void>;
}

const DEFAULT_WEIGHT_LB = 150;

/** A test with a world; `events` is a subscription to the scan events. */
export const it = test
  .extend('stack', { scope: 'file' }, () => inject('stack'))
  .extend('servers', { scope: 'file' }, async ({ stack }, { onCleanup }) => {
    const servers = await openServers(stack);
    onCleanup(() => servers.close());
    return servers;
  })
  .extend('events', { scope: 'file' }, async ({ stack }, { onCleanup }) => {
    const events = await subscribe(stack);
    onCleanup(() => events.close());
    return events;
  })
  .extend('world', async ({ servers, events }, { onCleanup }) => {
    const { world, end } = openWorld(servers, events);
    onCleanup(end);
    return world;
  });

function openWorld(servers: Servers, events: ScanEvents): { world: World; end(): Promise<void> } {
  const { stack, bucket } = servers;
  const model = modelAt(stack.model);
  const fcm = pushesAt(stack.fcm);
  const records = lookInto(servers, fcm);
  const users: User[] = [];
  const over = new AbortController();
  const observations = new Map<string, Observation[]>();

  const listen = (user: User, scanId: string) => {
    const observation = observe(user, scanId, over.signal);
    observations.set(scanId, [...(observations.get(scanId) ?? []), observation]);
    return observation;
  };

  const prepareScan: World['prepareScan'] = async (user, { photos, weightLb = DEFAULT_WEIGHT_LB } = {}) => {
    const upload = await user.phone.requestUpload();
    const { scanId } = upload;
    const seen = listen(user, scanId);
    const good = await goodPhotos();
    const taken = photos ?? good;
    const sent = Object.fromEntries(
      ANGLES.map((angle) => [angle, taken[angle] ?? good[angle]]),
    ) as typeof good;
    await user.phone.upload(upload, sent);
    // A photo that is null is deleted again, as if it had never been uploaded.
    const missing = ANGLES.filter((angle) => taken[angle] === null);
    await Promise.all(missing.map((angle) => bucket.file(objects.photo(user.uid, scanId, angle)).delete()));
    return { scanId, seen, submit: () => user.phone.submit(upload, weightLb) };
  };

  /** Starts the scan by the client, from photos to document. */
  const startScan = async (
    user: User,
    photos: Photos | undefined,
    weightLb: number,
    without?: ScanOptions['without'],
  ): Promise<SubmittedScan> => {
    const taken = { ...(await goodPhotos()), ...photos } as Record<Angle, Buffer>;
    const handle = user.phone.client.startScan({
      photos: taken,
      weight: { lb: weightLb },
      ...(without && { without }),
    });
    const scanId = await Promise.race([scanIdOf(handle), handle.submitted]);
    const seen = listen(user, scanId);
    await handle.submitted;
    handle.close();
    return { scanId, seen };
  };

  const world: World = {
    ...records,
    servers,
    model,
    fcm,
    since: Date.now(),
    async newUser(options) {
      const user = await createUser(servers, options);
      users.push(user);
      return user;
    },
    prepareScan,
    async submitScan(user, options = {}) {
      const { photos, weightLb = DEFAULT_WEIGHT_LB, without } = options;
      // Photos that the client would not send, or would not report as uploaded, are sent step by step.
      if (areSent(photos)) return startScan(user, photos, weightLb, without);
      const { submit, ...scan } = await prepareScan(user, options);
      await submit();
      return scan;
    },
    async completedScan(user, options) {
      const { scanId, seen } = await world.submitScan(user, options);
      expect((await seen.ended).status).toBe('completed');
      await records.workflowResult(scanId);
      return scanId;
    },
    observe: listen,
    expectInvariants: (scanId, options) =>
      expectInvariants(records, events, scanId, observations.get(scanId) ?? [], options),
  };

  return {
    world,
    /** Ends everything that could affect the next test: faults, running scans, listeners. */
    async end() {
      over.abort();
      await Promise.all(users.map((user) => user.model.clearFaults()));
      await Promise.all([...observations.keys()].map((scanId) => records.endWorkflow(scanId)));
      await Promise.all(users.map(({ phone }) => phone.close()));
    },
  };
}

/** Whether a client would send all of these photos. */
const areSent = (photos: Photos | undefined) =>
  Object.values(photos ?? {}).every((photo) => photo?.subarray(0, 3).toString('hex') === 'ffd8ff');

/** The scan's id as soon as the server has assigned it, before the document exists. */
const scanIdOf = (handle: ScanHandle) =>
  new Promise<string>((resolve) => {
    const stop = handle.subscribe(() => {
      const { scanId } = handle.getSnapshot();
      if (scanId === null) return;
      stop();
      resolve(scanId);
    });
  });
