/** Makes the activities of a scan from the ports that they need. */

import { ScanPipelineError } from '@reddyfit/shared/errors';
import { type ResultOf, STEP, STEP_NAMES, type StepName } from '@reddyfit/shared/scan/steps';
import type { StepInput } from '@reddyfit/shared/temporal/workflows';
import { Context } from '@temporalio/activity';
import type { AuditLog } from '../audit/ports.ts';
import type { Credits, Users } from '../store/ports.ts';
import type { EventPublisher } from '../events/ports.ts';
import type { Model } from '../model/model.ts';
import type { ScanExaminations } from '../body/vision/scan-examinations.ts';
import type { PhotoStore } from '../body/photos/photo-store.ts';
import type { Push } from '../push/ports.ts';
import type { ScanStore } from './scan-store.ts';
import { STEP_WORK } from '../steps/index.ts';
import type { StepPorts, StepWork } from '../steps/step.ts';
import type { Activities, StepActivities } from './activities.ts';
import { createHideKeptFaces } from './hide-kept-faces.ts';
import { createRememberScan } from './remember-scan.ts';
import { createUpdateFirestore, NotHere } from './update-firestore.ts';
import { estimationWithChange } from './with-change.ts';
import { createSendNotification } from '../push/send-notification.ts';

export interface Dependencies extends StepPorts {
  photos: Pick<PhotoStore, 'deleteFolder' | 'deleteOriginal' | 'keepCopy'>;
  examinations: ScanExaminations;
  /** Whether faces are hidden in photos that are kept. */
  hideFaces: boolean;
  scans: ScanStore;
  credits: Credits;
  audit: AuditLog;
  users: Users;
  push: Push;
  events: EventPublisher;
}

/** Aborts when Temporal cancels the activity, its worker shuts down, or its time is up. */
const cancellation = () => Context.current().cancellationSignal;

/** The model, which gets the user's id with each question. */
const askedFor = (model: Model, userId: string): Model => ({
  ...model,
  ask: (question, signal) => model.ask({ ...question, userId }, signal),
});

/** The activities over these dependencies, one property per activity type. */
export function createActivities(ports: Dependencies): Activities {
  const rememberScan = createRememberScan(ports.memory);
  const sendNotification = createSendNotification(ports.users, ports.credits, ports.push);
  const hideKeptFaces = createHideKeptFaces(ports.examinations, ports.photos, ports.hideFaces);
  const signalOf = (late: AbortSignal) => AbortSignal.any([cancellation(), late]);
  return {
    ...createStepActivities(ports),
    updateFirestore: createUpdateFirestore(ports.scans, ports.events, {
      sendNotification,
      rememberScan: (input, late) => rememberScan(input, signalOf(late)),
      async hideKeptFaces(input, late) {
        // Looking at the photos again is no work for the queue of short activities.
        if (ports.hideFaces && !ports.examinations.has(input.scanId)) throw new NotHere();
        await hideKeptFaces(input, signalOf(late));
      },
    }),
    updateStep: (update) => ports.scans.applyStep(update),
    rememberScan: (input) => rememberScan(input, cancellation()),
    sendNotification,
    publishEvent: ({ events }) => ports.events.publish(events),
    auditLog: ({ scanId, record }) => ports.audit.append(scanId, record),
    hideKeptFaces: (input) => hideKeptFaces(input, cancellation()),
    deleteImages: ({ userId, scanId }) => ports.photos.deleteFolder(userId, scanId),
    refundScanCredit: ({ userId, scanId }) => ports.credits.settle(userId, scanId, 'refund'),
    commitScanCredit: ({ userId, scanId }) => ports.credits.settle(userId, scanId, 'commit'),
  };
}

/** The steps' activities. Each one that asks a model reads the user's consent again first. */
function createStepActivities(ports: StepPorts & { users: Users }): StepActivities {
  const activity =
    <Name extends StepName>(step: Name): ((input: StepInput<Name>) => Promise<ResultOf<Name>>) =>
    async (input) => {
      const { userId } = input;
      if (STEP[step].asksModel && !(await ports.users.consentsToAnalysis(userId)))
        throw new ScanPipelineError('ConsentMissingError');
      const { model, visualModel } = ports;
      const work: StepWork<Name> = STEP_WORK[step]({
        ...ports,
        model: askedFor(model, userId),
        visualModel: visualModel && askedFor(visualModel, userId),
      });
      return work(input, cancellation());
    };
  const steps = Object.fromEntries(
    STEP_NAMES.map((step) => [step, activity(step)]),
  ) as unknown as StepActivities;
  return { ...steps, estimation: estimationWithChange(steps) };
}
