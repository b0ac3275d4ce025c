/** How often one operator may use the parts of the desk, unless OPERATOR_LIMITS says otherwise. Assumed: a busy night, by hand. */

/** Uses at once, and the seconds in which so many come back evenly. */
export interface DeskRate {
  max: number;
  perSeconds: number;
}

export const DESK_LIMITS = {
  /** Who one is, and whether new scans are taken, which a page asks every five seconds: nothing of any user. */
  glance: { max: 120, perSeconds: 60 },
  /** Pages of scans, 100 each at most. */
  find: { max: 120, perSeconds: 3600 },
  /** Ways of scans, and their chains. */
  view: { max: 120, perSeconds: 3600 },
  /** Photos, numbers and texts of scans. */
  reveal: { max: 30, perSeconds: 3600 },
  /** Figures, each of which may read 5,000 scans. */
  watch: { max: 30, perSeconds: 300 },
  /** Dry runs, of 100 scans each at most. */
  preview: { max: 60, perSeconds: 3600 },
  act: { max: 120, perSeconds: 60 },
  /** Acts about many, 100 scans each at most. */
  act_many: { max: 6, perSeconds: 60 },
  /** Who saw whose data, and what was deleted: 1,000 entries each at most. */
  list: { max: 60, perSeconds: 3600 },
  /** The same, signed: 10,000 entries each at most. */
  export: { max: 10, perSeconds: 3600 },
} as const satisfies Record<string, DeskRate>;

export type DeskLimit = keyof typeof DESK_LIMITS;

/** Limits with what a text as `find:60,export:2` changes of their `max`; undefined for a text that is none. */
export function deskLimitsOf(text: string): Record<DeskLimit, DeskRate> | undefined {
  const limits: Record<string, DeskRate> = { ...DESK_LIMITS };
  for (const part of text.split(',').map((one) => one.trim())) {
    if (part === '') continue;
    const [, name, max] = /^([a-z_]+):([1-9][0-9]{0,5})$/.exec(part) ?? [];
    if (name === undefined || !Object.hasOwn(DESK_LIMITS, name)) return undefined;
    limits[name] = { ...limits[name]!, max: Number(max) };
  }
  return limits as Record<DeskLimit, DeskRate>;
}
