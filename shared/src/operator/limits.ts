/**
 * How often one operator may use each part of the desk, unless OPERATOR_LIMITS says otherwise. The numbers are assumed:
 * a busy night of work by hand.
 */

/** How many uses are allowed at once, and the seconds in which that many uses become available again, evenly. */
export interface DeskRate {
  max: number;
  perSeconds: number;
}

export const DESK_LIMITS = {
  /**
   * The operator's own role, and whether new scans are admitted, for which a page asks every five seconds. They hold no
   * data of any user.
   */
  glance: { max: 120, perSeconds: 60 },
  /** Pages of found scans, at most 100 scans each. */
  find: { max: 120, perSeconds: 3600 },
  /** Timelines of scans, and their chains. */
  view: { max: 120, perSeconds: 3600 },
  /** Photos, numbers and texts of scans. */
  reveal: { max: 30, perSeconds: 3600 },
  /** Views of the whole service, each of which may read 5,000 scans. */
  watch: { max: 30, perSeconds: 300 },
  /** Dry runs of acts on many scans, at most 100 each, and of redeliveries. */
  preview: { max: 60, perSeconds: 3600 },
  act: { max: 120, perSeconds: 60 },
  /** Acts on many scans, at most 100 each, and redeliveries of dead letters, at most 500 each. */
  act_many: { max: 6, perSeconds: 60 },
  /** Lists of who saw whose data, and of what was deleted: at most 1,000 entries each. */
  list: { max: 60, perSeconds: 3600 },
  /** Signed exports of who saw whose data: at most 10,000 entries each. */
  export: { max: 10, perSeconds: 3600 },
} as const satisfies Record<string, DeskRate>;

export type DeskLimit = keyof typeof DESK_LIMITS;

/**
 * DESK_LIMITS with each `max` that a text such as `find:60,export:2` changes; undefined when the text is not of this
 * form.
 */
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
