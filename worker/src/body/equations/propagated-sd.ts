/** What the uncertainty of inputs makes of a result. */

/** A value and its standard uncertainty (one standard deviation), in the same unit. */
export interface Uncertain {
  readonly value: number;
  readonly sd: number;
}

/**
 * Standard uncertainty of `result(inputs)` when the inputs err independently: root of the sum of squares of what each
 * input's deviation does to the result, taken as half the difference between one standard deviation up and down (JCGM
 * 100:2008, "Guide to the expression of uncertainty in measurement", equations 10 and 5.1.3 note 2). Throws what `result`
 * throws when a deviation leads out of its domain.
 */
export function propagatedSd<Name extends string>(
  result: (values: Record<Name, number>) => number,
  inputs: Readonly<Record<Name, Uncertain>>,
): number {
  const names = Object.keys(inputs) as Name[];
  const central = Object.fromEntries(names.map((name) => [name, inputs[name].value])) as Record<Name, number>;
  const shares = names.map((name) => {
    const { value, sd } = inputs[name];
    if (sd === 0) return 0;
    return (result({ ...central, [name]: value + sd }) - result({ ...central, [name]: value - sd })) / 2;
  });
  return Math.hypot(...shares);
}
