/**
 * Runs the processes that examine photos: a queue before a few processes, limits on each photo, and the replacement of
 * a process that ended. A photo is looked at and later outlined, by the same process, which keeps its pixels meanwhile.
 */

import { setTimeout as wait } from 'node:timers/promises';
import { log } from '../../platform/logs.ts';
import { type Examination, type ExaminationRequest, withOutline } from './examination.ts';
import { type ExaminerLimits, LIMITS } from './examiner-limits.ts';
import { cpuMs, type ExaminerExit, type ExaminerProcess, startExaminer } from './examiner-process.ts';
import type { ExaminerNews } from './photo-examiner.ts';
import { type PhotoJob, photoJob } from './photo-job.ts';
import type { Silhouette } from './silhouette.ts';

/**
 * A photo that was looked at. Its pixels are kept, by the process that looked or, should that end, as the file, until it is
 * outlined or released, or the signal of its look aborts.
 */
export interface LookedAtPhoto {
  readonly examination: Examination;
  /**
   * Outlines the person; undefined where there is nobody or no outline can be followed. Rejects as a look does. A second call
   * gets the same.
   */
  outline(): Promise<Silhouette | undefined>;
  release(): void;
}

export interface PhotoExaminer {
  /**
   * Looks at one photo. Rejects with the signal's reason when it aborts. Rejects with a plain Error when the look fails for a
   * reason other than the photo; the caller may then ask again.
   */
  look(request: ExaminationRequest, signal?: AbortSignal): Promise<LookedAtPhoto>;
  /** Looks at one photo and outlines it. Rejects as a look does. */
  examine(request: ExaminationRequest, signal?: AbortSignal): Promise<Examination>;
  /** True while at least one process is ready and either has no photo or has had its photo for less than `slowMs`. */
  isHealthy(): boolean;
  /** Resolves once the first process has loaded its models. */
  ready: Promise<void>;
  /** Ends the processes; looks and outlines that wait or are under way are rejected. */
  close(): Promise<void>;
}

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

type Job = PhotoJob<Seat>;

/** A place for one process. Without a process it is empty, or its process is being started again. */
interface Seat {
  process: ExaminerProcess | undefined;
  /** True when no process is needed here. */
  empty: boolean;
  ready: boolean;
  job: Job | undefined;
  /** The photos whose figures the process keeps, the oldest first. */
  readonly figures: Set<Job>;
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
    figures: new Set(),
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
        if (job) hear(seat, job, news);
        next();
      }
    });
    Object.assign(seat, { process, empty: false, ready: false });
    process.onExit((exit) => {
      if (seat.process === process) died(seat, exit);
    });
  }

  /** Hears how a look or an outline ended. */
  function hear(seat: Seat, job: Job, news: Exclude<ExaminerNews, { news: 'ready' | 'decoded' }>): void {
    if (news.news === 'failed') return job.fail(new Error(news.problem));
    if (news.news === 'outlined') return job.tellOutline(news.silhouette);
    if (news.keeps && job.isOver) return release(seat, job);
    job.tellLook(news.examination, news.keeps);
    if (!news.keeps) return;
    job.keeper = seat;
    seat.figures.add(job);
    if (job.isWanted) queue.push(job);
    // A scan whose last photo is long in coming must not fill the memory of the process.
    else if (seat.figures.size > limits.figures) want([...seat.figures].find(({ isWanted }) => !isWanted));
  }

  /** Has a photo outlined that was looked at. */
  function want(job: Job | undefined): void {
    if (!job || job.isWanted || job.isOver) return;
    if (closing.signal.aborted) return job.fail(ended());
    job.isWanted = true;
    queue.push(job);
  }

  const release = (seat: Seat, { number }: Job) => seat.process?.send({ task: 'release', photo: number });

  /** A figure is no longer kept. */
  function unkeep(job: Job): void {
    job.keeper?.figures.delete(job);
    job.keeper = undefined;
  }

  /** Ends the seat's process, if it still runs, with the figures that it keeps. Their photos are looked at again when they are wanted. */
  function end(seat: Seat): void {
    seat.process?.kill();
    Object.assign(seat, { process: undefined, ready: false });
    for (const job of seat.figures) unkeep(job);
  }

  /** Ends the seat's process and starts it again after a pause. The caller settles its photo. */
  function replace(seat: Seat): void {
    end(seat);
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
    if (job.deaths < MOST_DEATHS && !job.isOver) queue.unshift(job);
    else if (decoded) job.fail(new Error('the process that examined the photo has died'));
    else job.blame();
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
    const endIt = () => {
      if (seats.filter(({ empty }) => !empty).length === 1) return;
      end(seat);
      seat.empty = true;
    };
    if (seat.ready) seat.timers.push(setTimeout(endIt, limits.idleMs).unref());
  }

  /** Whether photos wait that any process may take. An outline waits for the process that keeps its figure. */
  const isWaiting = () => queue.some(({ keeper }) => !keeper);

  /** Starts one more process when photos have waited for `patienceMs`. */
  function startAnother(): void {
    if (patience || !isWaiting() || !seats.some(({ empty }) => empty)) return;
    patience = setTimeout(() => {
      patience = undefined;
      const seat = seats.find(({ empty }) => empty);
      if (closing.signal.aborted || !seat || !isWaiting()) return;
      start(seat);
      startAnother();
    }, limits.patienceMs).unref();
  }

  function next(): void {
    for (const seat of seats) {
      if (!seat.ready || seat.job || !seat.process) continue;
      const job = nextOf(seat);
      if (!job) continue;
      queue.splice(queue.indexOf(job), 1);
      begin(seat, seat.process, job);
    }
    if (isWaiting()) startAnother();
    else beginPatience();
  }

  /** What a process takes up next: looks come before outlines unless it keeps many figures. */
  function nextOf(seat: Seat): Job | undefined {
    const toLookAt = queue.find(({ keeper }) => !keeper);
    const toOutline = queue.find(({ keeper }) => keeper === seat);
    return seat.figures.size < limits.figures ? (toLookAt ?? toOutline) : (toOutline ?? toLookAt);
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
    const { number: photo, request } = job;
    const outlines = job.keeper === seat;
    unkeep(job);
    Object.assign(seat, { job, since: performance.now(), decoded: outlines });
    process.ref();
    process.send(outlines ? { task: 'outline', photo } : { task: 'look', photo, request });
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
      if (guilty) job.blame();
      else job.fail(new Error('a photo was not decoded in time'));
      next();
    });
    limit(limits.examineMs, () => {
      replace(seat);
      log('WARNING', 'photo_examiner_stopped', { decoded: true });
      job.fail(new Error('a photo was not examined in time'));
      next();
    });
  }

  /** Gives up a photo for which nobody waits any more. */
  function drop(job: Job): void {
    const at = queue.indexOf(job);
    if (at >= 0) queue.splice(at, 1);
    if (job.keeper) release(job.keeper, job);
    unkeep(job);
    const seat = seats.find((each) => each.job === job);
    // The process usually finishes such a photo within a second, and its answer is ignored; starting a new process
    // would take longer.
    seat?.timers.push(setTimeout(() => replace(seat), limits.abortMs).unref());
  }

  async function look(request: ExaminationRequest, signal?: AbortSignal): Promise<LookedAtPhoto> {
    if (closing.signal.aborted) throw ended();
    signal?.throwIfAborted();
    const job: Job = photoJob(request);
    const abort = () => {
      drop(job);
      job.fail(signal!.reason as Error);
    };
    signal?.addEventListener('abort', abort, { once: true });
    const settled = () => signal?.removeEventListener('abort', abort);
    job.outlined.then(settled, settled);
    queue.push(job);
    next();
    return {
      examination: await job.looked,
      outline() {
        want(job);
        next();
        return job.outlined;
      },
      release() {
        if (job.isOver) return;
        drop(job);
        job.release();
      },
    };
  }

  return {
    ready: firstReady.promise,
    look,

    async examine(request, signal) {
      const { examination, outline } = await look(request, signal);
      return withOutline(examination, await outline());
    },

    isHealthy() {
      const now = performance.now();
      return seats.some(({ ready, job, since }) => ready && (!job || now - since < limits.slowMs));
    },

    async close() {
      closing.abort();
      clearTimeout(patience);
      firstReady.resolve();
      const jobs = [
        ...seats.flatMap(({ job, figures }) => [...(job ? [job] : []), ...figures]),
        ...queue.splice(0),
      ];
      const exits = seats.map(({ process }) => process?.exited);
      for (const seat of seats) {
        const { process } = seat;
        replace(seat);
        process?.ref();
      }
      for (const job of jobs) job.fail(ended());
      await Promise.all(exits);
    },
  };
}
