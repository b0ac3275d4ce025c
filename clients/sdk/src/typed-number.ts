/** Reads what was typed or pasted into a field for a number, whatever keyboard or page it comes from. */

const DIGIT = /\p{Nd}/gu;
const SEPARATOR = /[.,٫．，]/g;

/** A number that may still be incomplete, and what may stand around it where it was pasted: spaces, its unit. */
const AMONG_OTHERS = /^[^\p{N}.−\p{Pd}]*([−\p{Pd}]?)([\d.]*)\P{N}*$/u;

/**
 * The number in `text` as far as it was typed: digits of any script as 0 to 9, and `separator` for a point or a comma, the first of them where
 * there are more. Empty where there is no number; null where there is more than one, such as feet and inches, or a fraction.
 */
export function typedNumber(text: string, separator: string): string | null {
  const [, sign, number] = AMONG_OTHERS.exec(text.replace(DIGIT, inAscii).replace(SEPARATOR, '.')) ?? [];
  if (number === undefined) return null;
  const [whole = '', ...rest] = number.split('.');
  return `${sign && '-'}${whole}${rest.length > 0 ? separator : ''}${rest.join('')}`;
}

/** The digit of 0 to 9 for one of any script: each script has its ten in a row. */
function inAscii(digit: string): string {
  const code = digit.codePointAt(0)!;
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before += 1;
  return String(before % 10);
}
