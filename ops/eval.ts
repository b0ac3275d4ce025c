/**
 * npm run eval: asks all agents about a folder of cases, by one or several models. Run it before another model is deployed.
 */

import { Command } from 'commander';
import { modelNameProblem } from '@reddyfit/shared/scan/models';
import { createOpenAiModel } from '../worker/src/model/openai.ts';
import { readCases } from './eval/cases.ts';
import { evaluate } from './eval/evaluate.ts';
import { evaluationLines } from './eval/lines.ts';
import { summaryOf } from './eval/summary.ts';
import { print, runProgram } from './run-program.ts';

const DEFAULT_MODEL = process.env.OPENAI_MODEL || 'gpt-5.1';

const program = new Command('npm run eval --')
  .description(
    'Asks all agents about the cases in a folder, and says how often an answer could not be used, and what was spent. ' +
      'Reads OPENAI_API_KEY and OPENAI_BASE_URL. The photos go to that server.',
  )
  .requiredOption(
    '--photos <folder>',
    'a folder for each case: front, back, left and right (.jpg, .png, …) and case.json {sex, ageYears, heightCm, weightLb, bodyFatPercent?, girthsCm?}',
  )
  .option('--model <names...>', `models of the registry (default: ${DEFAULT_MODEL})`)
  .option('--json', 'print JSON', false)
  .action(run);

interface Options {
  photos: string;
  model?: string[];
  json: boolean;
}

async function run({ photos, model: names = [DEFAULT_MODEL], json }: Options): Promise<void> {
  for (const name of names) {
    const problem = modelNameProblem(name, 'language');
    if (problem) throw new Error(`${name} ${problem}`);
  }
  const apiKey = process.env.OPENAI_API_KEY;
  if (!apiKey) throw new Error('OPENAI_API_KEY is missing: whose account is asked.');
  const baseUrl = process.env.OPENAI_BASE_URL || undefined;
  const cases = await readCases(photos);
  const results = [];
  for (const name of names) {
    const model = createOpenAiModel({ apiKey, baseUrl, model: name, embeddingModel: '', safetySalt: 'eval' });
    results.push({ model: name, ...summaryOf(await evaluate(model, cases), cases) });
  }
  const text = json ? JSON.stringify(results, null, 2) : results.flatMap(evaluationLines).join('\n');
  print(text);
  if (results.some(({ steps }) => steps.some(({ failed }) => failed > 0))) process.exitCode = 1;
}

await runProgram(program);
