/** Scans by the demo user on a running stack, with a model that errs on request. */

import { setTimeout as wait } from 'node:timers/promises';
import { dailyScanWorkflowId, retryStepWorkflowId } from '@reddyfit/shared/ids';
import type { Scan } from '@reddyfit/shared/scans';
import type { OptionalStepName, StepName } from '@reddyfit/shared/steps';
import type { Client as Temporal } from '@temporalio/client';
import type { FaultKind } from '../model/faults.ts';
import { signIn, uploadPhotos } from '../scan/client.ts';
import { takePhotos } from '../scan/photos.ts';
import { demoUser } from '../seed/people.ts';
import type { Child } from '../stack/child.ts';
import type { RunningStack } from '../stack/start-stack.ts';

/** Longest silence of a scan (ms). */
const QUIET_MS = 120_000;
const WEIGHT_LB = 183.2;

export interface StartedScan {
  readonly scanId: string;
  readonly workflowId: string;
  /** Resolves when `holds` does for the document; rejects when the scan ends before. */
  until(holds: (scan: Scan) => boolean): Promise<void>;
  /** Resolves with the final document. */
  readonly ended: Promise<Scan>;
}

export type Scans = Awaited<ReturnType<typeof openScans>>;

/** Signs the demo user in. */
export async function openScans(stack: RunningStack, temporal: Temporal) {
  const phone = await signIn(stack.addresses, demoUser);
  const photos = await takePhotos(undefined);
  const faults = `${stack.addresses.model}/__faults`;

  return {
    temporal,
    addWorker: (): Promise<Child> => stack.addWorker(),
    /** The model errs at a step, so many times. */
    async fault(step: StepName, kind: FaultKind, times = 1): Promise<void> {
      const answer = await fetch(faults, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ step, kind, times }),
      });
      if (!answer.ok) throw new Error(`the model takes no fault: ${await answer.text()}`);
    },
    /** Resolves when every fault has struck. */
    async struck(): Promise<void> {
      for (;;) {
        const answer = (await (await fetch(faults)).json()) as { faults: unknown[] };
        if (answer.faults.length === 0) return;
        await wait(50);
      }
    },
    /** Uploads, submits and follows. */
    async start(): Promise<StartedScan> {
      const upload = await phone.requestUpload();
      await uploadPhotos(upload, photos);
      const watchers = new Set<(scan: Scan) => void>();
      const ended = phone.follow(upload.scanId, {
        onChange: (scan) => watchers.forEach((watch) => watch(scan)),
        quietMs: QUIET_MS,
      });
      await phone.submit(upload, WEIGHT_LB);
      return {
        scanId: upload.scanId,
        workflowId: dailyScanWorkflowId(upload.scanId),
        ended,
        until: (holds) =>
          new Promise((resolve, reject) => {
            watchers.add((scan) => holds(scan) && resolve());
            ended.then(() => reject(new Error(`scan ${upload.scanId} ended too early`)), reject);
          }),
      };
    },
    /** Has a step of a completed scan run again; resolves with its workflow's id. */
    async retryStep({ scanId }: StartedScan, step: OptionalStepName): Promise<string> {
      await phone.call('retryScanStep', { scanId, step });
      return retryStepWorkflowId(scanId, step);
    },
    close: () => phone.close(),
  };
}
