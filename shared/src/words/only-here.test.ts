import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { glob } from 'node:fs/promises';
import ts from 'typescript';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');

/** The production code. The test below leaves out test files. */
const SOURCES = '{shared/src,functions/src,worker/src,clients}/**/*.ts';

/**
 * Places whose sentences may stand outside of words/. words/en.ts takes the English titles and warnings of steps from the list
 * of steps. The sentences of the other places are not for users: those of the HTTP API are for the developers of its clients,
 * the rest are for operators.
 */
const NOT_FOR_USERS = [
  'shared/src/words/',
  'shared/src/scan/steps.ts',
  'functions/src/http/',
  'functions/src/webhooks/',
  'worker/src/webhooks/',
  'worker/src/codec',
  'shared/src/operator/',
];

/** Fields of documents and pushes, and functions that make errors, whose texts a phone shows. */
const FIELDS = new Set(['message', 'title', 'body', 'summary', 'note', 'advice']);
const MAKERS = new Set([
  'ScanPipelineError',
  'CallError',
  'HttpsError',
  'scanError',
  'photoFault',
  'issueOf',
]);

/** Literals of two words or more that are given to one of FIELDS or MAKERS. */
function sentencesIn(path: string, text: string): string[] {
  const found: string[] = [];
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (isText(node) && /\p{L}\s+\p{L}/u.test(node.getText()) && endsOnAPhone(node)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${path}:${line + 1} ${node.getText()}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const isText = (node: ts.Node) =>
  ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node);

/** Follows a literal outwards, through conditions and concatenations, to the field or the call to which it is given. */
function endsOnAPhone(literal: ts.Node): boolean {
  for (let node = literal; node.parent; node = node.parent) {
    const { parent } = node;
    if (ts.isPropertyAssignment(parent)) return FIELDS.has(parent.name.getText());
    if (ts.isVariableDeclaration(parent)) return FIELDS.has(parent.name.getText());
    if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken)
      return /\.(message|title|body)$/.test(parent.left.getText());
    if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
      const name = parent.expression.getText();
      return MAKERS.has(name) || name.endsWith('warnings.push');
    }
    if (ts.isFunctionLike(parent) || ts.isStatement(parent)) return false;
  }
  return false;
}

it('no sentence for a user stands outside words/', async () => {
  const found: string[] = [];
  for await (const file of glob(SOURCES, { cwd: ROOT })) {
    if (
      /(\.test|\.fixture|-trial|\/stand-in)\.ts$/.test(file) ||
      NOT_FOR_USERS.some((place) => file.startsWith(place))
    )
      continue;
    found.push(...sentencesIn(file, await readFile(join(ROOT, file), 'utf8')));
  }
  expect(found).toEqual([]);
});

it.each([
  "update(name, { state: 'retrying', message: 'Trying again.' });",
  'const issue = { code, message: `The ${angle} photo is dark. ${remedy}` };',
  "throw new ScanPipelineError('InvalidScanError', 'The weight is odd.');",
  "throw new CallError('InvalidRequestError', { message: ok ? 'One thing.' : 'Another thing.' });",
  "warnings.push('No plan this time.');",
  "const message = 'This is' + ' a sentence.';",
  "push.title = 'Scan ready now';",
])('and one that did would be found: %s', (code) => {
  expect(sentencesIn('x.ts', code)).not.toEqual([]);
});

it('while log lines, keys and causes pass', () => {
  const code = `
    log('INFO', 'scan started', { message });
    throw new ScanPipelineError('ModelRefusedError', { cause: new Error('no such thing here') });
    speaker.say('photos', 'too_dark', { angle });`;
  expect(sentencesIn(relative(ROOT, 'x.ts'), code)).toEqual([]);
});
