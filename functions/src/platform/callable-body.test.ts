import { describe, expect, it } from 'vitest';
import { dataProblem } from './callable-body.ts';

const nested = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`);
const long = (type: string, value: unknown) => ({
  '@type': `type.googleapis.com/google.protobuf.${type}`,
  value,
});

describe('the data of a call', () => {
  it.each([
    [null],
    [undefined],
    ['text'],
    [{ scanId: 'a', amount: long('Int64Value', '5') }],
    [long('UInt64Value', '18446744073709551615')],
    [nested(20)],
  ])('%j can be decoded', (data) => expect(dataProblem(data)).toBeNull());

  it.each([21, 100_000])('nested %i levels deep is refused, without a look at the bottom', (levels) => {
    expect(dataProblem(nested(levels))).toContain('more than 20 levels');
    expect(dataProblem({ a: nested(levels) })).toContain('more than 20 levels');
  });

  it.each([
    [{ '@type': 'something else', value: 1 }],
    [{ a: [long('Int64Value', 'many')] }],
    [long('Int64Value', undefined)],
  ])('%j is refused, for which the decoder would throw', (data) => {
    expect(dataProblem(data)).toContain('@type');
  });

  it.each([['\ud800'], [{ token: 'a\udc00b' }], [{ a: [{ '\ud800': 1 }] }]])(
    '%j is refused, which no database holds',
    (data) => expect(dataProblem(data)).toContain('not Unicode'),
  );
});
