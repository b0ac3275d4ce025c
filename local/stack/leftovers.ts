/** Ends what an earlier launcher of an instance has left running, and nothing else. */

import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { identify, processIdentity, type ProcessIdentity } from '../processes/identity.ts';
import { killMarked, killNow } from '../processes/marked.ts';

const recordPath = (dir: string) => join(dir, 'processes.jsonl');

/** Records the identity of a started process, for systems where another process's environment cannot be read. */
export function recordProcess(dir: string, pid: number): void {
  const identity = identify(pid);
  if (identity !== null) appendFileSync(recordPath(dir), `${JSON.stringify(identity)}\n`);
}

/** Kills every process that belongs to the instance's folder. Resolves with how many ran. */
export async function endLeftovers(dir: string): Promise<number> {
  const marked = await killMarked(dir);
  const recorded = await killNow(recordedProcesses(dir));
  rmSync(recordPath(dir), { force: true });
  return marked + recorded.length;
}

function recordedProcesses(dir: string): ProcessIdentity[] {
  let text: string;
  try {
    text = readFileSync(recordPath(dir), 'utf8');
  } catch {
    return [];
  }
  return text.split('\n').flatMap((line) => {
    try {
      return [processIdentity.parse(JSON.parse(line))];
    } catch {
      return []; // A launcher that was killed while it wrote leaves a partial last line.
    }
  });
}
