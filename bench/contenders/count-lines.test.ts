import { expect, it } from 'vitest';
import { codeLines } from './count-lines.ts';

it.each([
  ['nothing', '', 0],
  ['a comment alone', '/** What it is. */\n\n// Why it is so.\n', 0],
  ['code with a comment behind it', 'const a = 1; // one\n', 1],
  [
    'a comment among the lines of a statement',
    'call(\n  // the first\n  1,\n\n  /* the\n     second */ 2,\n);\n',
    4,
  ],
  ['a documented function', '/**\n * What it does.\n */\nfunction run() {\n\n  return 1;\n}\n', 3],
  ['a text of three lines, one of them blank', 'const text = `one\n\n${two} // three`;\n', 3],
  ['an address, which is no comment', "const url = 'http://a/b';\n", 1],
])('of %s', (_, source, lines) => {
  expect(codeLines(source)).toBe(lines);
});
