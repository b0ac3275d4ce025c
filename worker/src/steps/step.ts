/** The ports that steps need, and the type of a step's work. */

import type { ResultOf, StepName } from '@reddyfit/shared/scan/steps';
import type { StepInput } from '@reddyfit/shared/temporal/workflows';
import type { ScanExaminations } from '../body/vision/scan-examinations.ts';
import type { BodyMeasurer } from '../body/vision/body-measurement.ts';
import type { Memory } from '../store/ports.ts';
import type { Model } from '../model/model.ts';
import type { ScanStore } from '../scan/scan-store.ts';
import type { TellOfWait } from '../scan/step-activity.ts';

/** The ports of the steps. The models are bound to the user of the scan. */
export interface StepPorts {
  readonly model: Model;
  /** The model that estimates body fat from the photos as well; null when the measurement stands alone. */
  readonly visualModel: Model | null;
  readonly measurer: BodyMeasurer;
  readonly examinations: Pick<ScanExaminations, 'of' | 'outlined'>;
  readonly memory: Memory;
  readonly scans: Pick<ScanStore, 'earlier'>;
  /** To be called within the quality check. */
  readonly tellOfWait: () => TellOfWait;
  /** Whether a model also checks photos that pass the worker's own checks. */
  readonly modelQualityCheck: boolean;
}

/** A step's work. `signal` aborts when the result is no longer needed. */
export type StepWork<Name extends StepName> = (
  input: StepInput<Name>,
  signal: AbortSignal,
) => Promise<ResultOf<Name>>;
