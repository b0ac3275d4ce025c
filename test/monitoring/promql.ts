/** Takes a PromQL expression apart by Prometheus' own grammar. */

import { parser } from '@prometheus-io/lezer-promql';

export interface Matcher {
  readonly label: string;
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/** One `metric{label="value"}` of an expression. */
export interface Selector {
  readonly metric: string;
  readonly matchers: readonly Matcher[];
}

export interface Expression {
  readonly selectors: readonly Selector[];
  /** Labels that `by`, `without` and `on` name. */
  readonly grouping: readonly string[];
}

/** The selectors and grouping labels of an expression. Throws where it is not valid PromQL. */
export function parsePromql(expression: string): Expression {
  const selectors: { metric: string; matchers: Matcher[] }[] = [];
  const grouping: string[] = [];
  parser.parse(expression).iterate({
    enter(node) {
      const text = expression.slice(node.from, node.to);
      if (node.type.isError)
        throw new Error(`no PromQL at "${expression.slice(node.from)}" of ${expression}`);
      if (node.name === 'VectorSelector') selectors.push({ metric: '', matchers: [] });
      if (node.name === 'Identifier' && node.node.parent?.name === 'VectorSelector') {
        selectors.at(-1)!.metric = text;
      }
      if (node.name === 'LabelName' && node.node.parent?.name === 'GroupingLabels') grouping.push(text);
      if (/^(Unq|Q)uotedLabelMatcher$/.test(node.name)) selectors.at(-1)!.matchers.push(matcherOf(text));
    },
  });
  return { selectors, grouping };
}

function matcherOf(text: string): Matcher {
  const [, label, operator, value] =
    /^\s*"?([^"=!~\s]+)"?\s*(=~|!~|!=|=)\s*("(?:[^"\\]|\\.)*")\s*$/.exec(text) ?? [];
  if (!label || !operator || value === undefined) throw new Error(`cannot read the matcher ${text}`);
  return { label, operator: operator as Matcher['operator'], value: JSON.parse(value) as string };
}
