/**
 * Runs the processes that examine photos: a queue before a few processes, limits on each photo, and the replacement of
 * a process that ended.
 */

import type { PhotoFault } from '@reddyfit/shared/gate/photo-fault';
import { availableParallelism } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { log } from '../../platform/logs.ts';
import { costlyPhoto } from '../photos/photo-issue.ts';
import type { Examination, ExaminationRequest } from './examine-photo.ts';
import { cpuMs, type ExaminerExit, type ExaminerProcess, startExaminer } from './examiner-process.ts';

export interface PhotoExaminer {
  /**
   * Examines one photo. Rejects with the signal's reason when it aborts. Rejects with a plain Error when the
   * examination fails for a reason other than the photo; the caller may then ask again.
   */
  examine(request: ExaminationRequest, signal?: AbortSignal): Promise<Examination>;
  /** True while at least one process is ready and either has no photo or has had its photo for less than `slowMs`. */
  isHealthy(): boolean;
  /** Resolves once the first process has loaded its models. */
  ready: Promise<void>;
  /** Ends the processes; examinations that wait or are under way are rejected. */
  close(): Promise<void>;
}

export interface ExaminerLimits {
  /**
   * The most processes at once; each holds its own copy of the networks. One always runs, and the others run while
   * photos wait.
   */
  readonly processes: number;
  /**
   * Once photos have waited for this long (ms), another process is started. The four photos of one scan take less than
   * half of that.
   */
  readonly patienceMs: number;
  /**
   * Whether there is a core for another process. Without one, another process would take time and memory from the one
   * that works, so it is started only once no photo has been finished for `patienceMs`.
   */
  readonly spareCore: boolean;
  /** A process other than the last is ended when it has had no photo for this long (ms). */
  readonly idleMs: number;
  /** Most time from the file to its pixels (ms): a photo of 12 megapixels takes 60 ms, a HEIC 2 s. */
  readonly decodeMs: number;
  /** Most time for the whole examination (ms): it takes 300 ms. */
  readonly examineMs: number;
  /** When every process has had its photo for this long (ms) without an answer, the worker is not ready. */
  readonly slowMs: number;
  /** How long a process may go on with a photo that is no longer wanted (ms), before the process is ended. */
  readonly abortMs: number;
}

const LIMITS: ExaminerLimits = {
  processes: 2,
  patienceMs: 2500,
  // One core for the worker itself, and one for the first process.
  spareCore: availableParallelism() > 2,
  idleMs: 60_000,
  decodeMs: 20_000,
  examineMs: 40_000,
  slowMs: 15_000,
  abortMs: 5000,
};

/** A photo whose process dies is given to one more process: the first may have been ended for another reason. */
const MOST_DEATHS = 2;

/** Waits before a process is started again after others died in a row (ms): twice as long each time. */
const BACK_OFF = { firstMs: 250, mostMs: 30_000 } as const;

/** A decoder that has worked for less than this share of its time was held up by something other than the photo. */
const AT_WORK = 0.1;

/**
 * Shares of its time that a process has worked. Up to NOT_STOPPED it is stopped or waits for something. Between that
 * and STARVED the machine has too much to do, and replacing the process would give it even more: the process then gets
 * its time again, up to MOST_EXTENSIONS times.
 */
const NOT_STOPPED = 0.005;
const STARVED = 0.3;
const MOST_EXTENSIONS = 5;

interface Job {
  readonly request: ExaminationRequest;
  readonly resolve: (examination: Examination) => void;
  readonly reject: (error: unknown) => void;
  deaths: number;
}

/** A place for one process. Without a process it is empty, or its process is being started again. */
interface Seat {
  process: ExaminerProcess | undefined;
  /** True when no process is needed here. */
  empty: boolean;
  ready: boolean;
  job: Job | undefined;
  /** When the process got its photo (ms, monotonic). */
  since: number;
  decoded: boolean;
  timers: NodeJS.Timeout[];
}

const ended = () => new Error('the processes that examine photos have ended');

/** Starts the first process. It loads its models while the caller goes on. */
export function createPhotoExaminer(given: Partial<ExaminerLimits> = {}): PhotoExaminer {
  const limits = { ...LIMITS, ...given };
  const queue: Job[] = [];
  const closing = new AbortController();
  const firstReady = Promise.withResolvers<void>();
  let failures = 0;
  const seats = Array.from({ length: limits.processes }, (): Seat => ({
    process: undefined,
    empty: true,
    ready: false,
    job: undefined,
    since: 0,
    decoded: false,
    timers: [],
  }));
  let patience: NodeJS.Timeout | undefined;
  start(seats[0]!);

  function start(seat: Seat): void {
    const process = startExaminer((news) => {
      if (seat.process !== process) return;
      if (news.news === 'ready') {
        seat.ready = true;
        process.unref();
        firstReady.resolve();
        endWhenIdle(seat);
        next();
      } else if (news.news === 'decoded') {
        seat.decoded = true;
      } else {
        const { job } = seat;
        free(seat);
        failures = 0;
        if (!limits.spareCore) beginPatience();
        if (news.news === 'examined') job?.resolve(news.examination);
        else job?.reject(new Error(news.problem));
        next();
      }
    });
    Object.assign(seat, { process, empty: false, ready: false });
    process.onExit((exit) => {
      if (seat.process === process) died(seat, exit);
    });
  }

  /** Ends the seat's process, if it still runs, and starts it again after a pause. The caller settles its photo. */
  function replace(seat: Seat): void {
    seat.process?.kill();
    Object.assign(seat, { process: undefined, ready: false });
    free(seat);
    if (closing.signal.aborted) return;
    const pause = failures === 0 ? 0 : Math.min(BACK_OFF.mostMs, BACK_OFF.firstMs * 2 ** (failures - 1));
    failures += 1;
    wait(pause, undefined, { signal: closing.signal, ref: false }).then(
      () => start(seat),
      () => undefined,
    );
  }

  /**
   * Handles a process that ended by itself. When a photo's second process dies before it has decoded the photo, the
   * photo is to blame.
   */
  function died(seat: Seat, { code, signal }: ExaminerExit): void {
    const { job, decoded } = seat;
    replace(seat);
    log('WARNING', 'photo_examiner_died', {
      failures,
      exitCode: code ?? undefined,
      signal: signal ?? undefined,
    });
    if (!job) return;
    job.deaths += 1;
    if (job.deaths < MOST_DEATHS) queue.unshift(job);
    else if (decoded) job.reject(new Error('the process that examined the photo has died'));
    else job.resolve(refused(costlyPhoto(job.request.angle)));
    next();
  }

  function free(seat: Seat): void {
    for (const timer of seat.timers.splice(0)) clearTimeout(timer);
    seat.process?.unref();
    seat.job = undefined;
    endWhenIdle(seat);
  }

  /**
   * Ends the seat's process when it has been idle for `idleMs`. The last process stays: starting one takes longer than
   * a photo may wait.
   */
  function endWhenIdle(seat: Seat): void {
    const end = () => {
      if (seats.filter(({ empty }) => !empty).length === 1) return;
      seat.process?.kill();
      Object.assign(seat, { process: undefined, empty: true, ready: false });
    };
    if (seat.ready) seat.timers.push(setTimeout(end, limits.idleMs).unref());
  }

  /** Starts one more process when photos have waited for `patienceMs`. */
  function startAnother(): void {
    if (patience || queue.length === 0 || !seats.some(({ empty }) => empty)) return;
    patience = setTimeout(() => {
      patience = undefined;
      const seat = seats.find(({ empty }) => empty);
      if (closing.signal.aborted || !seat || queue.length === 0) return;
      start(seat);
      startAnother();
    }, limits.patienceMs).unref();
  }

  function next(): void {
    for (const seat of seats) {
      if (!seat.ready || seat.job || !seat.process) continue;
      const job = queue.shift();
      if (!job) break;
      begin(seat, seat.process, job);
    }
    if (queue.length > 0) startAnother();
    else beginPatience();
  }

  /** Begins the time anew that photos may wait before another process is started. */
  function beginPatience(): void {
    clearTimeout(patience);
    patience = undefined;
  }

  function begin(seat: Seat, process: ExaminerProcess, job: Job): void {
    const cpuBefore = cpuMs(process.pid);
    const worked = () => (cpuMs(process.pid) ?? Infinity) - (cpuBefore ?? 0);
    for (const timer of seat.timers.splice(0)) clearTimeout(timer);
    Object.assign(seat, { job, since: performance.now(), decoded: false });
    process.ref();
    process.send(job.request);
    /** Calls `then` after this time (ms), or later when the machine had little time for the process. */
    const limit = (ms: number, then: () => void, extensions = MOST_EXTENSIONS) => {
      const timer = setTimeout(() => {
        const share = worked() / ms;
        if (extensions > 0 && share > NOT_STOPPED && share < STARVED) limit(ms, then, extensions - 1);
        else then();
      }, ms);
      seat.timers.push(timer);
    };
    limit(limits.decodeMs, () => {
      if (seat.decoded) return;
      // A stopped process or a sleeping machine is not the photo's fault.
      const guilty = worked() >= AT_WORK * limits.decodeMs;
      replace(seat);
      log('WARNING', 'photo_examiner_stopped', { decoded: false });
      if (guilty) job.resolve(refused(costlyPhoto(job.request.angle)));
      else job.reject(new Error('a photo was not decoded in time'));
      next();
    });
    limit(limits.examineMs, () => {
      replace(seat);
      log('WARNING', 'photo_examiner_stopped', { decoded: true });
      job.reject(new Error('a photo was not examined in time'));
      next();
    });
  }

  /** Gives up a photo for which nobody waits any more. */
  function drop(job: Job): void {
    const at = queue.indexOf(job);
    if (at >= 0) queue.splice(at, 1);
    const seat = seats.find((each) => each.job === job);
    // The process usually finishes such a photo within a second, and its answer is ignored; starting a new process
    // would take longer.
    seat?.timers.push(setTimeout(() => replace(seat), limits.abortMs).unref());
  }

  return {
    ready: firstReady.promise,

    examine(request, signal) {
      return new Promise<Examination>((resolve, reject) => {
        if (closing.signal.aborted) return reject(ended());
        if (signal?.aborted) return reject(signal.reason as Error);
        const abort = () => {
          drop(job);
          reject(signal!.reason as Error);
        };
        const settled = () => signal?.removeEventListener('abort', abort);
        const job: Job = {
          request,
          deaths: 0,
          resolve: (examination) => (settled(), resolve(examination)),
          reject: (error) => (settled(), reject(error)),
        };
        signal?.addEventListener('abort', abort, { once: true });
        queue.push(job);
        next();
      });
    },

    isHealthy() {
      const now = performance.now();
      return seats.some(({ ready, job, since }) => ready && (!job || now - since < limits.slowMs));
    },

    async close() {
      closing.abort();
      clearTimeout(patience);
      firstReady.resolve();
      const jobs = [...seats.flatMap(({ job }) => job ?? []), ...queue.splice(0)];
      const exits = seats.map(({ process }) => process?.exited);
      for (const seat of seats) {
        const { process } = seat;
        replace(seat);
        process?.ref();
      }
      for (const job of jobs) job.reject(ended());
      await Promise.all(exits);
    },
  };
}

const refused = (issue: PhotoFault): Examination => ({ issues: [issue] });
