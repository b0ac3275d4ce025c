/** Prints, for a failed test, what the servers logged while it ran. */

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, inject } from 'vitest';

/** How many lines of each log are shown, counted from its end. */
const LINES = 40;

const logs = join(inject('instanceDir'), 'logs');

/** Leaves out firebase-tools' second log, which repeats the first at greater length. */
const isLog = (name: string) => name.endsWith('.log') && !name.endsWith('-debug.log');

/** Name and size (bytes) of each log. */
function sizes(): Map<string, number> {
  const names = existsSync(logs) ? readdirSync(logs).filter(isLog) : [];
  return new Map(names.map((name) => [name, statSync(join(logs, name)).size]));
}

/** What was added to each log since its size was taken in `before`. */
function grownSince(before: Map<string, number>): string {
  return [...sizes()]
    .flatMap(([name, size]) => {
      const known = before.get(name) ?? 0;
      if (size <= known) return [];
      const lines = readFileSync(join(logs, name)).subarray(known).toString('utf8').trimEnd().split('\n');
      const left = lines.length > LINES ? [`    … ${lines.length - LINES} lines before`] : [];
      return [`  ${name}`, ...left, ...lines.slice(-LINES).map((line) => `    ${line}`)];
    })
    .join('\n');
}

beforeEach(({ onTestFailed, task }) => {
  const before = sizes();
  onTestFailed(() => {
    process.stderr.write(
      `\nWhat the servers logged during "${task.name}" (${logs}):\n${grownSince(before)}\n`,
    );
  });
});
