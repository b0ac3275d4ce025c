/** Calls each function once, since the emulator starts a process (about 1 s) at a function's first call. */

import { setTimeout as wait } from 'node:timers/promises';
import { SCAN_EVENTS_TOPIC } from '@reddyfit/shared/names/ids';
import { CLOUD_EVENT, type FunctionsAt, scanCreated, triggerUrl } from './scan-created.ts';

export interface WarmOptions extends FunctionsAt {
  readonly signal: AbortSignal;
}

/**
 * Resolves when each function has answered or has failed to three times. A failure only leaves that function cold, so it
 * is ignored.
 */
export async function warmFunctions(options: WarmOptions): Promise<void> {
  await Promise.all([warmCallable(options), warmTrigger(options), warmSubscriber(options)]);
}

/** Nobody is signed in, so the answer is 401. */
async function warmCallable({ functions, projectId, region, signal }: WarmOptions): Promise<void> {
  const url = `http://${functions}/${projectId}/${region}/requestScanUpload`;
  await post(url, 'application/json', { data: null }, 401, signal);
}

/** Sends the event of a scan that does not exist; the function finds no document and does nothing. */
async function warmTrigger(options: WarmOptions): Promise<void> {
  const { url, event } = scanCreated(options, 'warm-up', `warm-up-${Date.now()}`);
  await post(url, CLOUD_EVENT, event, 200, options.signal);
}

/** Sends a message that is no scan event; the function drops it. */
async function warmSubscriber(options: WarmOptions): Promise<void> {
  const { projectId, signal } = options;
  const now = new Date().toISOString();
  const topic = `projects/${projectId}/topics/${SCAN_EVENTS_TOPIC}`;
  const message = { messageId: 'warm-up', publishTime: now, attributes: {}, data: '' };
  const event = {
    specversion: '1.0',
    id: `warm-up-${now}`,
    type: 'google.cloud.pubsub.topic.v1.messagePublished',
    source: `//pubsub.googleapis.com/${topic}`,
    time: now,
    datacontenttype: 'application/json',
    data: { message, subscription: `projects/${projectId}/subscriptions/warm-up` },
  };
  await post(triggerUrl(options, 'onScanEvent'), CLOUD_EVENT, event, 200, signal);
}

async function post(url: string, contentType: string, body: unknown, expected: number, signal: AbortSignal) {
  for (let attempt = 0; attempt < 3; attempt++) {
    const stop = AbortSignal.any([signal, AbortSignal.timeout(15_000)]);
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body: JSON.stringify(body),
      signal: stop,
    }).catch(() => null);
    await answer?.body?.cancel();
    signal.throwIfAborted();
    if (answer?.status === expected) return;
    await wait(200, undefined, { signal });
  }
}
