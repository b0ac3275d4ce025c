/** Starts one process that examines photos, with a limit on its memory, and talks to it. */

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { ExaminerNews } from './photo-examiner.ts';
import type { ExaminationRequest } from './examine-photo.ts';

export interface ExaminerProcess {
  readonly pid: number | undefined;
  /** Resolves once it is gone. */
  readonly exited: Promise<void>;
  send(request: ExaminationRequest): void;
  onExit(then: () => void): void;
  /** While it starts and while it has work it keeps the worker alive, and idle it doesn't. */
  ref(): void;
  unref(): void;
  kill(): void;
}

/**
 * Most memory of its own (KiB), as the kernel counts a process's data, with all that is only reserved: 1.5 GiB. It takes 0.6 GiB for a photo of
 * 12 megapixels.
 */
const MOST_DATA_KIB = 1_572_864;

/**
 * An examination leaves megabytes of pixels behind, so the young heap is small. The old one, of 20 MB, may grow to three times before it is
 * swept: by V8's own measure it was swept twice a photo, for a tenth of the processor time, and the memory was the same.
 */
const HEAP = ['--max-semi-space-size=4', '--max-old-space-size=128', '--heap-growing-percent=200'];

/** It lies beside this file, as source and as built. */
const ENTRY = join(import.meta.dirname, `photo-examiner${extname(import.meta.filename)}`);

/** Starts it; `hear` gets what it says. */
export function startExaminer(hear: (news: ExaminerNews) => void): ExaminerProcess {
  const command = [process.execPath, ...HEAP, ENTRY];
  // A shell sets the limit and becomes the process. A system that knows no such limit goes on without.
  const limited = ['-c', 'ulimit -d "$0" 2>/dev/null; exec "$@"', String(MOST_DATA_KIB), ...command];
  const [file, args] = process.platform === 'win32' ? [command[0]!, command.slice(1)] : ['/bin/sh', limited];
  const child = spawn(file, args, {
    // Its decoders write of files to stdout, where the worker's log goes.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
    // No key or address of the worker's is any business of a process that reads what strangers send.
    env: { PATH: process.env['PATH'], MALLOC_ARENA_MAX: '1' },
  });
  const exited = Promise.withResolvers<void>();
  child.on('message', (message) => hear(message as ExaminerNews));
  child.once('exit', () => exited.resolve());
  // It could not be started, or spoken to.
  child.on('error', () => {
    child.kill('SIGKILL');
    exited.resolve();
  });
  const unref = () => {
    child.unref();
    child.channel?.unref();
  };
  return {
    pid: child.pid,
    exited: exited.promise,
    send: (request) => child.send(request, () => undefined),
    onExit: (then) => void exited.promise.then(then),
    ref() {
      child.ref();
      child.channel?.ref();
    },
    unref,
    kill: () => void child.kill('SIGKILL'),
  };
}

/** Linux counts processor time in hundredths of a second. */
const TICK_MS = 10;

/** Processor time that a process has taken so far (ms); null where the system does not say. */
export function cpuMs(pid: number | undefined): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ', 2)[1]!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return null;
  }
}
