/** Starts one process that examines photos, with a limit on its memory, and exchanges messages with it. */

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { ExaminerNews, ExaminerTask } from './photo-examiner.ts';

/** How a process ended: its exit code, or the signal that ended it. Both are null when it could not be started. */
export interface ExaminerExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface ExaminerProcess {
  readonly pid: number | undefined;
  /** Resolves once the process has ended, or could not be started. */
  readonly exited: Promise<ExaminerExit>;
  send(task: ExaminerTask): void;
  onExit(then: (exit: ExaminerExit) => void): void;
  /**
   * A process keeps the worker alive while it starts and while it has work (`ref`), but not while it is idle (`unref`).
   */
  ref(): void;
  unref(): void;
  kill(): void;
}

/**
 * The limit on the process's memory (KiB), as the kernel counts a process's data, including memory that is only
 * reserved: 1.5 GiB. A photo of 12 megapixels takes 0.6 GiB.
 */
const MOST_DATA_KIB = 1_572_864;

/**
 * A shell prepares itself and then becomes the process. `$0` is the limit on its memory; a system without such a limit runs
 * it without. A decoder that crashes must leave no file with a photo's pixels: no core file may be written, and where the
 * system hands cores to a program instead (core_pattern with a pipe), which this limit does not keep it from, the core holds
 * no page of the process's memory. See core(5).
 */
const PREPARED =
  'ulimit -d "$0" 2>/dev/null; ulimit -c 0 2>/dev/null; { echo 0 >/proc/self/coredump_filter; } 2>/dev/null; exec "$@"';

/**
 * An examination leaves megabytes of pixels behind, so the young heap is small. The old heap, of 20 MB, may grow to
 * three times its size before it is collected. With V8's own setting it was collected twice for each photo, which took
 * a tenth of the processor time and needed as much memory.
 */
const HEAP = ['--max-semi-space-size=4', '--max-old-space-size=128', '--heap-growing-percent=200'];

/** The process's entry file lies beside this one, both as source and as built. */
const ENTRY = join(import.meta.dirname, `photo-examiner${extname(import.meta.filename)}`);

/** The folder in which Node keeps compiled code, where it does (the local stack). */
const CACHE = process.env['NODE_COMPILE_CACHE'];

/** Starts a process. `hear` is called with each of its messages. */
export function startExaminer(hear: (news: ExaminerNews) => void): ExaminerProcess {
  const command = [process.execPath, ...HEAP, ENTRY];
  const prepared = ['-c', PREPARED, String(MOST_DATA_KIB), ...command];
  const [file, args] = process.platform === 'win32' ? [command[0]!, command.slice(1)] : ['/bin/sh', prepared];
  const child = spawn(file, args, {
    // The process's stdout is ignored: its decoders print messages about files, and stdout is where the worker's log
    // goes.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
    // The process reads what strangers send, so it must not have any key or address of the worker.
    env: { PATH: process.env['PATH'], MALLOC_ARENA_MAX: '1', ...(CACHE && { NODE_COMPILE_CACHE: CACHE }) },
  });
  const exited = Promise.withResolvers<ExaminerExit>();
  child.on('message', (message) => hear(message as ExaminerNews));
  child.once('exit', (code, signal) => exited.resolve({ code, signal }));
  // The process could not be started, or a message could not be sent to it.
  child.on('error', () => {
    child.kill('SIGKILL');
    exited.resolve({ code: null, signal: null });
  });
  const unref = () => {
    child.unref();
    child.channel?.unref();
  };
  return {
    pid: child.pid,
    exited: exited.promise,
    send: (task) => child.send(task, () => undefined),
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

/** The processor time that a process has used so far (ms); null where the system does not report it. */
export function cpuMs(pid: number | undefined): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ', 2)[1]!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return null;
  }
}
