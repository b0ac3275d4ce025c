/** What the work of a step is made from, and what it does. */

import type { ResultOf, StepName } from '@reddyfit/shared/scan/steps';
import type { StepInput } from '@reddyfit/shared/temporal/workflows';
import type { ScanExaminations } from '../body/vision/scan-examinations.ts';
import type { BodyMeasurer } from '../body/vision/body-measurement.ts';
import type { Memory } from '../store/ports.ts';
import type { Model } from '../model/model.ts';
import type { ScanStore } from '../scan/scan-store.ts';
import type { TellOfWait } from '../scan/step-activity.ts';

/** What steps need from the outside. Their models know whose scan a question is about. */
export interface StepPorts {
  readonly model: Model;
  /** The model that estimates body fat by eye, too; null when the measurement stands alone. */
  readonly visualModel: Model | null;
  readonly measurer: BodyMeasurer;
  readonly examinations: ScanExaminations;
  readonly memory: Memory;
  readonly scans: Pick<ScanStore, 'earlier'>;
  /** Called within the quality check. */
  readonly tellOfWait: () => TellOfWait;
  /** Whether photos that pass the quality check are shown to the model, too. */
  readonly modelQualityCheck: boolean;
}

/** A step's work; `signal` aborts when nobody waits for it any more. */
export type StepWork<Name extends StepName> = (
  input: StepInput<Name>,
  signal: AbortSignal,
) => Promise<ResultOf<Name>>;
