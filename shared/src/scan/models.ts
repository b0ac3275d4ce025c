/**
 * The models that a worker may ask, each with its price and its abilities. A new model is added here alone, and a
 * worker's environment is checked against this table.
 */

/** When the table was written, from https://openai.com/api/pricing/ and https://platform.openai.com/docs/models. */
export const MODELS_AS_OF = '2026-11-25';

/** List prices are US dollars for a million tokens. */
interface RegisteredModel {
  readonly inputPerMillion: number;
  readonly outputPerMillion: number;
}

/** A model that answers by the Responses API with strict structured outputs. */
export interface LanguageModel extends RegisteredModel {
  readonly kind: 'language';
  /** Accepts images. A question that shows photos needs a model that does. */
  readonly sees: boolean;
  /** Reasons before it answers. The tokens of its reasoning count as output, and an answer takes longer. */
  readonly reasons: boolean;
  /** Accepts `temperature`. Other models refuse a request that has one. */
  readonly takesTemperature: boolean;
}

/** A model that turns texts into vectors. */
interface EmbeddingModel extends RegisteredModel {
  readonly kind: 'embedding';
}

const language = (
  inputPerMillion: number,
  outputPerMillion: number,
  about: Pick<LanguageModel, 'sees' | 'reasons' | 'takesTemperature'>,
): LanguageModel => ({ kind: 'language', inputPerMillion, outputPerMillion, ...about });
const embedding = (inputPerMillion: number): EmbeddingModel => ({
  kind: 'embedding',
  inputPerMillion,
  outputPerMillion: 0,
});

const REASONING = { sees: true, reasons: true, takesTemperature: false };
const PLAIN = { sees: true, reasons: false, takesTemperature: true };

/** Name, without a date → what it is. */
export const MODELS: Readonly<Record<string, LanguageModel | EmbeddingModel>> = {
  'gpt-5.2': language(1.75, 14, REASONING),
  'gpt-5.1': language(1.25, 10, REASONING),
  'gpt-5': language(1.25, 10, REASONING),
  'gpt-5-mini': language(0.25, 2, REASONING),
  'gpt-5-nano': language(0.05, 0.4, REASONING),
  'gpt-4.1': language(2, 8, PLAIN),
  'gpt-4.1-mini': language(0.4, 1.6, PLAIN),
  'gpt-4o': language(2.5, 10, PLAIN),
  'gpt-4o-mini': language(0.15, 0.6, PLAIN),
  'o3-mini': language(1.1, 4.4, { sees: false, reasons: true, takesTemperature: false }),
  /** The name of a local stack's stand-in. Its price is that of gpt-5.1, for which it stands in. */
  'local-simulator': language(1.25, 10, REASONING),
  'text-embedding-3-small': embedding(0.02),
  'text-embedding-3-large': embedding(0.13),
};

/** The model with this name, with or without a date (`-2025-11-13`); null for a model that the registry does not know. */
export function registeredModel(name: string): LanguageModel | EmbeddingModel | null {
  const known = name.startsWith('local-simulator')
    ? 'local-simulator'
    : name.replace(/-\d{4}-\d{2}-\d{2}$/, '');
  return (Object.hasOwn(MODELS, known) && MODELS[known]) || null;
}

/** Whether requests to this model may carry a temperature. */
export function takesTemperature(name: string): boolean {
  const model = registeredModel(name);
  return model?.kind === 'language' && model.takesTemperature;
}

/**
 * Says what is wrong with `name` where a model of `kind` is needed, and which names are possible; null when nothing is
 * wrong.
 */
export function modelNameProblem(name: string, kind: 'language' | 'embedding'): string | null {
  if (registeredModel(name)?.kind === kind) return null;
  const names = Object.keys(MODELS).filter((known) => MODELS[known]!.kind === kind);
  return `is no ${kind} model of the registry (shared/src/scan/models.ts), which knows ${names.join(', ')}`;
}
