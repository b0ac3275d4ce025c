/** The sex that a method of `EstimationSource` names. */

/** The sex, or both, for which the equations among these methods were made; the empty text where there is none. */
export function sexOf(methods: readonly string[]): string {
  const sexes = methods.flatMap((method) => method.match(/(?<=\.)[a-z]+/g) ?? []);
  return [...new Set(sexes)].toSorted().join(' ');
}
