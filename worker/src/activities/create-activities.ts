/** All activities, made from the ports they need. */

import { Context } from '@temporalio/activity';
import { createHydrationAgent } from '../agents/hydration.ts';
import { createInsightsAgent } from '../agents/insights.ts';
import { createNutritionAgent } from '../agents/nutrition.ts';
import { createWorkoutAgent } from '../agents/workout.ts';
import type {
  AuditLog,
  Credits,
  EventPublisher,
  Memory,
  Model,
  PhotoStore,
  Push,
  ScanStore,
  Users,
} from '../ports.ts';
import type { Activities } from './contract.ts';
import { createDelta } from './delta.ts';
import { createEstimation } from './estimation.ts';
import { createQualityCheck } from './quality-check.ts';
import { createRememberScan } from './remember-scan.ts';
import { createSendNotification } from './send-notification.ts';

export interface Dependencies {
  model: Model;
  photos: PhotoStore;
  memory: Memory;
  scans: ScanStore;
  credits: Credits;
  audit: AuditLog;
  users: Users;
  push: Push;
  events: EventPublisher;
}

/** The signal that aborts when Temporal cancels the activity, its worker shuts down or its time is up. */
const cancellation = () => Context.current().cancellationSignal;

/** Activities over these dependencies, one property per activity type. */
export function createActivities(ports: Dependencies): Activities {
  const insights = createInsightsAgent(ports.model);
  const nutrition = createNutritionAgent(ports.model);
  const workout = createWorkoutAgent(ports.model);
  const hydration = createHydrationAgent(ports.model);
  return {
    qualityCheck: createQualityCheck(ports.photos, ports.model, cancellation),
    estimation: createEstimation(ports.photos, ports.memory, ports.model, cancellation),
    delta: createDelta(ports.scans),
    insights: (input) => insights(input, cancellation()),
    nutrition: (input) => nutrition(input, cancellation()),
    workout: (input) => workout(input, cancellation()),
    hydration: (input) => hydration(input, cancellation()),

    async updateFirestore(update) {
      await ports.scans.apply(update);
    },
    rememberScan: createRememberScan(ports.memory, cancellation),
    sendNotification: createSendNotification(ports.users, ports.push),
    publishEvent: (event) => ports.events.publish(event),
    auditLog: ({ scanId, record }) => ports.audit.append(scanId, record),
    deleteImages: ({ userId, scanId }) => ports.photos.deleteFolder(userId, scanId),
    refundScanCredit: ({ userId, scanId }) => ports.credits.settle(userId, scanId, 'refund'),
    commitScanCredit: ({ userId, scanId }) => ports.credits.settle(userId, scanId, 'commit'),
  };
}
