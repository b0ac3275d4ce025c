/**
 * The components of the API's description: every object has a name of its own, and the schemas of answers allow additions.
 */

import { problemDetails, triggerWorkflowRequest, triggerWorkflowResponse } from '@reddyfit/shared/api/http';
import { cameraElevationAngles, photoUrls, scan, scanStep } from '@reddyfit/shared/scan/document';
import { rejectedPhoto } from '@reddyfit/shared/scan/rejected-photo';
import {
  deltaResult,
  estimationResult,
  estimationSource,
  modelCall,
  nutritionResult,
  photoIssue,
  qualityCheckResult,
  refusedCall,
  scanResults,
  setNote,
  waiverOffer,
  workoutResult,
} from '@reddyfit/shared/scan/results';
import { STEPS } from '@reddyfit/shared/scan/steps';
import { declaredUpload, declaredUploads } from '@reddyfit/shared/scan/uploads';
import { timestamp } from '@reddyfit/shared/timestamps';
import { z } from 'zod';

const { shape: estimation } = estimationResult;
const measurements = estimation.measurements.unwrap();
const photos = qualityCheckResult.shape.photos;
const scanChange = deltaResult.shape.previous.unwrap();
const session = workoutResult.shape.sessions.element;

/** The component's name for a step: `QualityCheck` for `qualityCheck`. */
const componentOf = (step: string) => step.charAt(0).toUpperCase() + step.slice(1);

/** What a client sends. These schemas are closed, so that an unknown field is refused. */
const REQUESTS: Record<string, z.ZodType> = {
  TriggerWorkflowRequest: triggerWorkflowRequest,
  PhotoUrls: photoUrls,
  CameraElevationAngles: cameraElevationAngles,
  DeclaredUploads: declaredUploads,
  DeclaredUpload: declaredUpload,
};

/** What the API answers. */
const ANSWERS: Record<string, z.ZodType> = {
  TriggerWorkflowResponse: triggerWorkflowResponse,
  Problem: problemDetails,
  ProblemField: problemDetails.shape.errors.unwrap().element,
  Scan: scan,
  ScanStep: scanStep,
  ScanSteps: scan.shape.steps.unwrap(),
  ScanError: scan.shape.error.unwrap(),
  RejectedPhoto: rejectedPhoto,
  ScanBusy: scan.shape.busy.unwrap(),
  ScanWarning: scan.shape.warningCodes.unwrap().element,
  ScanWorkflow: scan.shape.workflow.unwrap(),
  ScanResults: scanResults,
  ...Object.fromEntries(STEPS.map(({ name, result }) => [componentOf(name), result])),
  WaiverOffer: waiverOffer,
  SetNote: setNote,
  PhotoFeedbacks: photos,
  PhotoFeedback: photos.shape.front,
  PhotoIssue: photoIssue,
  PhotoMeasure: photoIssue.shape.measured.unwrap(),
  ModelCall: modelCall,
  RefusedCall: refusedCall,
  EstimationSource: estimationSource,
  EstimationNote: estimation.notes.unwrap().element,
  BodyFatRange: estimation.bodyFatRange,
  Measurements: measurements,
  Girth: measurements.shape.neck,
  GirthRatio: measurements.shape.shoulderToWaist.unwrap(),
  BodyVolume: measurements.shape.volume.unwrap(),
  ScanChange: scanChange,
  Change: scanChange.shape.change,
  ChangeInterval: scanChange.shape.change.shape.bodyFatInterval.unwrap(),
  Trend: deltaResult.shape.trend.unwrap(),
  Meal: nutritionResult.shape.meals.element,
  WorkoutSession: session,
  Exercise: session.shape.exercises.element,
};

const NAMES = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries({ ...REQUESTS, ...ANSWERS })) NAMES.add(schema, { id });

/** What is a time, by itself or with a description of its own. */
const TIMES: readonly unknown[] = [timestamp, scan.shape.createdAt, scan.shape.busy.unwrap().shape.startsAt];

type JsonSchema = Record<string, unknown>;

const uri = (id: string) => `#/components/schemas/${id}`;

/** The schema for use in an operation: a reference to its component, or the schema itself when it has no name. */
export function schemaOf(schema: z.ZodType): JsonSchema {
  const named = NAMES.get(schema);
  if (named) return { $ref: uri(named.id) };
  const { $schema: _dialect, ...inline } = z.toJSONSchema(schema);
  return inline;
}

const MAY_GROW = 'More values may come: treat one that you do not know as any other.';

/** Each component by its name. Times have the form in which JSON carries them: text. */
export function componentSchemas(): Record<string, object> {
  const generated = z.toJSONSchema(NAMES, {
    uri,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (TIMES.includes(zodSchema)) Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
      // A request has exactly one of the two. The schema does not check that; the route does, by `oneWeight`.
      if ((zodSchema as unknown) === triggerWorkflowRequest)
        Object.assign(jsonSchema, { oneOf: [{ required: ['weightLb'] }, { required: ['weightKg'] }] });
    },
  });
  return Object.fromEntries(
    Object.entries(generated.schemas).map(([name, { $schema: _dialect, $id: _id, ...schema }]) => [
      name,
      Object.hasOwn(REQUESTS, name) ? schema : growing(schema as JsonSchema),
    ]),
  );
}

/**
 * The schema of an answer without what later versions may change: an object allows further fields, and an enum becomes a
 * string that names today's values in `x-extensible-enum`, so that generated clients read it as a string.
 */
function growing(schema: JsonSchema): JsonSchema {
  const { additionalProperties, enum: values, ...rest } = schema;
  const inner = Object.fromEntries(
    Object.entries(rest).map(([keyword, value]) => [keyword, growingWithin(value)]),
  );
  return {
    ...inner,
    ...(additionalProperties !== undefined && additionalProperties !== false && { additionalProperties }),
    ...(Array.isArray(values) && {
      description: [schema.description, MAY_GROW].filter(Boolean).join(' '),
      'x-extensible-enum': values,
    }),
  };
}

function growingWithin(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(growingWithin);
  return typeof value === 'object' && value !== null ? growing(value as JsonSchema) : value;
}
