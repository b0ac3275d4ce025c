/**
 * A Vitest reporter for the end of a run: lists the ten slowest tests, and every test that passed only at a second try, which
 * is a fault to fix. With `REDDYFIT_TEST_COUNTS` it appends to the file of that name a line for every failure, with its
 * cause, and then the line `<passed> <failed>`, for a program that sums several runs.
 */

import { appendFileSync } from 'node:fs';
import { relative } from 'node:path';
import { styleText } from 'node:util';
import type { TestError } from 'vitest';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** How many of the slowest tests are listed. */
const SLOWEST = 10;

interface Timed {
  readonly test: TestCase;
  /** The duration of all its tries together (ms). */
  readonly ms: number;
}

export default class ClosingReporter implements Reporter {
  // The default reporter prints its own summary of the run before this.
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const slowest = tests
      .map((test): Timed => ({ test, ms: test.diagnostic()?.duration ?? 0 }))
      .toSorted((one, other) => other.ms - one.ms)
      .slice(0, SLOWEST);
    const flaky = tests.filter((test) => test.diagnostic()?.flaky);
    const lines = [
      '',
      `The ${slowest.length} slowest tests`,
      ...slowest.map(({ test, ms }) => `${(ms / 1000).toFixed(1).padStart(7)} s  ${nameOf(test)}`),
    ];
    if (flaky.length > 0) {
      lines.push(
        '',
        styleText('yellow', `Flaky: passed only when tried again (${flaky.length}), each a fault to fix`),
        ...flaky.flatMap((test) => [
          `  ${test.diagnostic()!.retryCount + 1} tries  ${nameOf(test)}`,
          ...(test.result().errors ?? []).map(({ message, stacks }) => `           ${told(message, stacks)}`),
        ]),
      );
    }
    process.stdout.write(`${lines.join('\n')}\n`);
    const counts = process.env['REDDYFIT_TEST_COUNTS'];
    if (!counts) return;
    const failures = failuresOf(modules, tests, errors);
    const passed = tests.filter((test) => test.result().state === 'passed').length;
    const failed = failures.map((failure) => `Failed: ${failure}\n`).join('');
    appendFileSync(counts, `${failed}${passed} ${failures.length}\n`);
  }
}

/**
 * A line for each failure. A file that fails outside its tests counts as one failure, and so does an error that belongs to no
 * test.
 */
function failuresOf(
  modules: readonly TestModule[],
  tests: readonly TestCase[],
  errors: readonly unknown[],
): string[] {
  const why = ([error]: readonly Partial<TestError>[] = []) =>
    error ? told(error.message ?? '', error.stacks) : '';
  return [
    ...tests
      .filter((test) => test.result().state === 'failed')
      .map((test) => `${nameOf(test)}: ${why(test.result().errors)}`),
    ...modules
      .filter((module) => module.errors().length > 0)
      .map((module) => `${module.project.name} ${module.relativeModuleId}: ${why(module.errors())}`),
    ...errors.map((error) => why([error as Partial<TestError>])),
  ];
}

/** Why a try failed: the first line of its error, and its place in this repository's code. */
function told(message: string, stacks: TestError['stacks'] = []): string {
  const place = stacks.find(({ file }) => !file.includes('node_modules'));
  const line = message.split('\n', 1)[0]!.slice(0, 200);
  return place ? `${line} (${relative(process.cwd(), place.file)}:${place.line})` : line;
}

/** `e2e test/e2e/cancel.test.ts: a canceled scan …` */
function nameOf(test: TestCase): string {
  return `${test.project.name} ${test.module.relativeModuleId}: ${test.fullName}`;
}
