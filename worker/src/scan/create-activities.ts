/** All activities, made from the ports they need. */

import { ScanPipelineError } from '@reddyfit/shared/errors';
import { Context } from '@temporalio/activity';
import { createHydrationAgent } from '../steps/hydration/agent.ts';
import { createInsightsAgent } from '../steps/insights/agent.ts';
import { createNutritionAgent } from '../steps/nutrition/agent.ts';
import { createWorkoutAgent } from '../steps/workout/agent.ts';
import type {
  AuditLog,
  BodyMeasurer,
  Credits,
  EventPublisher,
  Memory,
  Model,
  PhotoStore,
  Push,
  ScanStore,
  Users,
} from '../ports.ts';
import type { ScanExaminations } from '../body/vision/scan-examinations.ts';
import type { Activities, ScanRef } from './activities.ts';
import { createDelta } from '../steps/delta/activity.ts';
import { createEstimation } from '../steps/estimation/activity.ts';
import { createQualityCheck, type QualityCheckOptions } from '../steps/quality-check/activity.ts';
import type { TellOfWait } from './step-activity.ts';
import { createHideKeptFaces } from './hide-kept-faces.ts';
import { createRememberScan } from './remember-scan.ts';
import { createSendNotification } from '../push/send-notification.ts';

export interface Dependencies {
  model: Model;
  /** The model that estimates body fat by eye, too; null when the measurement stands alone. */
  visualModel: Model | null;
  measurer: BodyMeasurer;
  photos: Pick<PhotoStore, 'deleteFolder' | 'keepCopy'>;
  examinations: ScanExaminations;
  memory: Memory;
  scans: ScanStore;
  credits: Credits;
  audit: AuditLog;
  users: Users;
  push: Push;
  events: EventPublisher;
  /** Called within the quality check. */
  tellOfWait: () => TellOfWait;
}

/** The signal that aborts when Temporal cancels the activity, its worker shuts down or its time is up. */
const cancellation = () => Context.current().cancellationSignal;

/** The model, told with each question whose scan it is about. */
const askedFor = (model: Model, userId: string): Model => ({
  ...model,
  ask: (question, signal) => model.ask({ ...question, userId }, signal),
});

/** Activities over these dependencies, one property per activity type. */
export function createActivities(
  ports: Dependencies,
  options: QualityCheckOptions & {
    /** Whether faces are hidden in photos that are kept. */
    readonly hideFaces: boolean;
  },
): Activities {
  const modelFor = ({ userId }: ScanRef) => askedFor(ports.model, userId);

  /** Before anything of a user goes to a model, the consent is looked at again. */
  const consented =
    <Input extends ScanRef, Result>(step: (input: Input) => Promise<Result>) =>
    async (input: Input): Promise<Result> => {
      if (!(await ports.users.consentsToAnalysis(input.userId))) {
        throw new ScanPipelineError('ConsentMissingError');
      }
      return step(input);
    };

  return {
    qualityCheck: consented((input) =>
      createQualityCheck(ports.examinations, modelFor(input), options, cancellation, ports.tellOfWait)(input),
    ),
    estimation: consented((input) => {
      const visualModel = ports.visualModel && askedFor(ports.visualModel, input.userId);
      return createEstimation({ ...ports, visualModel }, cancellation)(input);
    }),
    delta: createDelta(ports.scans),
    insights: consented((input) => createInsightsAgent(modelFor(input))(input, cancellation())),
    nutrition: consented((input) => createNutritionAgent(modelFor(input))(input, cancellation())),
    workout: consented((input) => createWorkoutAgent(modelFor(input))(input, cancellation())),
    hydration: consented((input) => createHydrationAgent(modelFor(input))(input, cancellation())),

    updateFirestore: (update) => ports.scans.apply(update),
    updateStep: (update) => ports.scans.applyStep(update),
    rememberScan: createRememberScan(ports.memory, cancellation),
    sendNotification: createSendNotification(ports.users, ports.push),
    publishEvent: ({ events }) => ports.events.publish(events),
    auditLog: ({ scanId, record }) => ports.audit.append(scanId, record),
    hideKeptFaces: createHideKeptFaces(ports.examinations, ports.photos, options.hideFaces, cancellation),
    deleteImages: ({ userId, scanId }) => ports.photos.deleteFolder(userId, scanId),
    refundScanCredit: ({ userId, scanId }) => ports.credits.settle(userId, scanId, 'refund'),
    commitScanCredit: ({ userId, scanId }) => ports.credits.settle(userId, scanId, 'commit'),
  };
}
