/** Which parts of firestore.rules the suite has evaluated, from the emulator's coverage report. */

interface Expression {
  sourcePosition: { line: number; currentOffset: number; endOffset: number };
  values?: { value: { boolValue?: boolean }; count: number }[];
  children?: Expression[];
}

/** One `allow` condition or one function: its line, and how often its value was true and false. */
interface Decision {
  line: number;
  text: string;
  allowed: number;
  denied: number;
}

export interface Coverage {
  /** One for each `allow` and each function, in the order of the file. */
  decisions: Decision[];
  /** The number of expressions that were evaluated, and of all expressions. */
  evaluated: number;
  expressions: number;
}

/** Coverage since the rules were loaded. `firestore` is host:port; `source` is the text of the rules. */
export async function coverageOf(firestore: string, project: string, source: string): Promise<Coverage> {
  const response = await fetch(`http://${firestore}/emulator/v1/projects/${project}:ruleCoverage`);
  const { report } = (await response.json()) as { report: Expression[] };
  const lines = source.split('\n');
  const all = report.flatMap(withChildren);
  return {
    decisions: report
      .map((root) => ({
        line: root.sourcePosition.line,
        text: lines[root.sourcePosition.line - 1]!.trim(),
        allowed: countOf(root, true),
        denied: countOf(root, false),
      }))
      .sort((a, b) => a.line - b.line),
    evaluated: all.filter((expression) => (expression.values ?? []).length > 0).length,
    expressions: all.length,
  };
}

const withChildren = (expression: Expression): Expression[] => [
  expression,
  ...(expression.children ?? []).flatMap(withChildren),
];

const countOf = (expression: Expression, outcome: boolean) =>
  (expression.values ?? [])
    .filter(({ value }) => value.boolValue === outcome)
    .reduce((sum, { count }) => sum + count, 0);
