/** One photo on its way through the processes that examine photos: it is looked at, and then outlined or released. */

import { costlyPhoto } from '../photos/photo-issue.ts';
import type { Examination, ExaminationRequest } from './examination.ts';
import type { Silhouette } from './silhouette.ts';

/** `Keeper` is what keeps the photo's figure between its two parts. */
export interface PhotoJob<Keeper> {
  /** Tells it from all other photos of this worker. */
  readonly number: number;
  readonly request: ExaminationRequest;
  /** Both are settled once, whatever is told later: a photo whose figure was lost is looked at again. */
  readonly looked: Promise<Examination>;
  readonly outlined: Promise<Silhouette | undefined>;
  keeper: Keeper | undefined;
  /** Whether it is to be outlined, too. */
  isWanted: boolean;
  /** Whether nothing more is to be done for it. */
  readonly isOver: boolean;
  /** How many processes have ended while they had it. */
  deaths: number;
  /** Tells what the look found. Nobody is to be outlined unless `keeps`. */
  tellLook(examination: Examination, keeps: boolean): void;
  tellOutline(silhouette: Silhouette | undefined): void;
  /** The photo is to blame for what befell the processes; where a look has ended well before, it is not. */
  blame(): void;
  fail(error: unknown): void;
  /** It is not to be outlined. */
  release(): void;
}

let count = 0;

export function photoJob<Keeper>(request: ExaminationRequest): PhotoJob<Keeper> {
  const looked = Promise.withResolvers<Examination>();
  const outlined = Promise.withResolvers<Silhouette | undefined>();
  // Nobody need wait for it.
  outlined.promise.catch(() => undefined);
  let [isLookedAt, isOver] = [false, false];
  const tellOutline = (silhouette: Silhouette | undefined) => {
    isOver = true;
    outlined.resolve(silhouette);
  };
  const tellLook = (examination: Examination, keeps: boolean) => {
    isLookedAt = true;
    looked.resolve(examination);
    if (!keeps) tellOutline(undefined);
  };
  const fail = (error: unknown) => {
    isOver = true;
    looked.reject(error);
    outlined.reject(error);
  };
  return {
    number: count++,
    request,
    looked: looked.promise,
    outlined: outlined.promise,
    keeper: undefined,
    isWanted: false,
    get isOver() {
      return isOver;
    },
    deaths: 0,
    tellLook,
    tellOutline,
    blame() {
      if (isLookedAt) fail(new Error('a photo that was looked at could not be outlined'));
      else tellLook({ issues: [costlyPhoto(request.angle)] }, false);
    },
    fail,
    release: () => tellOutline(undefined),
  };
}
