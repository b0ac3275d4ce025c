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
import { createRememberScan } from './remember-scan.ts';
import { createSendNotification } from '../push/send-notification.ts';

export interface Dependencies {
  model: Model;
  /** The model that estimates body fat by eye, too; null when the measurement stands alone. */
  visualModel: Model | null;
  measurer: BodyMeasurer;
  photos: Pick<PhotoStore, 'deleteFolder'>;
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

/** Activities over these dependencies, one property per activity type. */
export function createActivities(ports: Dependencies, options: QualityCheckOptions): Activities {
  const insights = createInsightsAgent(ports.model);
  const nutrition = createNutritionAgent(ports.model);
  const workout = createWorkoutAgent(ports.model);
  const hydration = createHydrationAgent(ports.model);

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
    qualityCheck: consented(
      createQualityCheck(ports.examinations, ports.model, options, cancellation, ports.tellOfWait),
    ),
    estimation: consented(createEstimation(ports, cancellation)),
    delta: createDelta(ports.scans),
    insights: consented((input) => insights(input, cancellation())),
    nutrition: consented((input) => nutrition(input, cancellation())),
    workout: consented((input) => workout(input, cancellation())),
    hydration: consented((input) => hydration(input, cancellation())),

    async updateFirestore(update) {
      await ports.scans.apply(update);
    },
    updateStep: (update) => ports.scans.applyStep(update),
    rememberScan: createRememberScan(ports.memory, cancellation),
    sendNotification: createSendNotification(ports.users, ports.push),
    publishEvent: ({ events }) => ports.events.publish(events),
    auditLog: ({ scanId, record }) => ports.audit.append(scanId, record),
    deleteImages: ({ userId, scanId }) => ports.photos.deleteFolder(userId, scanId),
    refundScanCredit: ({ userId, scanId }) => ports.credits.settle(userId, scanId, 'refund'),
    commitScanCredit: ({ userId, scanId }) => ports.credits.settle(userId, scanId, 'commit'),
  };
}
