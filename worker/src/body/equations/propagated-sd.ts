/** Propagates the uncertainty of inputs to a result. */

/** A value and its standard uncertainty (one standard deviation), in the same unit. */
export interface Uncertain {
  readonly value: number;
  readonly sd: number;
}

/**
 * Standard uncertainty of `result(inputs)` when the errors of the inputs are independent: the square root of the sum of the
 * squared effects of the inputs. The effect of an input is half the difference between the results with the input one
 * standard deviation higher and one lower (JCGM 100:2008, "Guide to the expression of uncertainty in measurement", equations
 * 10 and 5.1.3 note 2). Throws what `result` throws when a deviation takes an input out of its domain.
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
