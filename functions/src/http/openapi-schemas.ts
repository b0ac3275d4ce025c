/** The components of the API's description: every object under a name of its own, and answers told to grow. */

import { problemDetails, triggerWorkflowRequest, triggerWorkflowResponse } from '@reddyfit/shared/api/http';
import { photoUrls, scan, scanStep } from '@reddyfit/shared/scan/document';
import {
  deltaResult,
  estimationResult,
  estimationSource,
  hydrationResult,
  insightsResult,
  modelCall,
  nutritionResult,
  photoIssue,
  qualityCheckResult,
  scanResults,
  setNote,
  waiverOffer,
  workoutResult,
} from '@reddyfit/shared/scan/results';
import { timestamp } from '@reddyfit/shared/timestamps';
import { z } from 'zod';

const { shape: estimation } = estimationResult;
const measurements = estimation.measurements.unwrap();
const photos = qualityCheckResult.shape.photos;
const scanChange = deltaResult.shape.previous.unwrap();
const session = workoutResult.shape.sessions.element;

/** What a client sends: closed, so that a field that is not understood is refused. */
const REQUESTS: Record<string, z.ZodType> = {
  TriggerWorkflowRequest: triggerWorkflowRequest,
  PhotoUrls: photoUrls,
};

/** What it hears. */
const ANSWERS: Record<string, z.ZodType> = {
  TriggerWorkflowResponse: triggerWorkflowResponse,
  Problem: problemDetails,
  ProblemField: problemDetails.shape.errors.unwrap().element,
  Scan: scan,
  ScanStep: scanStep,
  ScanSteps: scan.shape.steps.unwrap(),
  ScanError: scan.shape.error.unwrap(),
  ScanWarning: scan.shape.warningCodes.unwrap().element,
  ScanWorkflow: scan.shape.workflow.unwrap(),
  ScanResults: scanResults,
  QualityCheck: qualityCheckResult,
  WaiverOffer: waiverOffer,
  SetNote: setNote,
  PhotoFeedbacks: photos,
  PhotoFeedback: photos.shape.front,
  PhotoIssue: photoIssue,
  PhotoMeasure: photoIssue.shape.measured.unwrap(),
  ModelCall: modelCall,
  Estimation: estimationResult,
  EstimationSource: estimationSource,
  EstimationNote: estimation.notes.unwrap().element,
  BodyFatRange: estimation.bodyFatRange,
  Measurements: measurements,
  Girth: measurements.shape.neck,
  Delta: deltaResult,
  ScanChange: scanChange,
  Change: scanChange.shape.change,
  ChangeInterval: scanChange.shape.change.shape.bodyFatInterval.unwrap(),
  Trend: deltaResult.shape.trend.unwrap(),
  Insights: insightsResult,
  Nutrition: nutritionResult,
  Meal: nutritionResult.shape.meals.element,
  Workout: workoutResult,
  WorkoutSession: session,
  Exercise: session.shape.exercises.element,
  Hydration: hydrationResult,
};

type JsonSchema = Record<string, unknown>;

const MAY_GROW = 'More values may come: treat one that you do not know as any other.';

/** Each component by its name; times as the text that they become in JSON. */
export function componentSchemas(): Record<string, object> {
  const schemas = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries({ ...REQUESTS, ...ANSWERS })) schemas.add(schema, { id });
  const generated = z.toJSONSchema(schemas, {
    uri: (id) => `#/components/schemas/${id}`,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if ((zodSchema as unknown) === timestamp)
        Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
      // Exactly one of the two, which the routes check by `oneWeight`.
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
 * An answer's schema without what later versions may outgrow: fields may be added, and an enum names its values of today in
 * `x-extensible-enum`, so that generated clients make a string of it.
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
