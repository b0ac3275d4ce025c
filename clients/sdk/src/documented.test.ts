/** Every part of the package that an app can call has a comment that says what it does. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

const parse = (file: string) =>
  ts.createSourceFile(
    file,
    readFileSync(join(import.meta.dirname, file), 'utf8'),
    ts.ScriptTarget.ES2022,
    true,
  );

const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/\.(?:test|fixture)\.ts$/.test(file))
  .map(parse);

type Named = ts.Node & { readonly name?: ts.Node };

/** The declarations at the top of all files, by name. A constant's comment stands at its statement. */
const declared = new Map<string, { node: ts.Node; comment: ts.Node }>();
for (const { statements } of sources)
  for (const statement of statements) {
    if (ts.isVariableStatement(statement))
      for (const node of statement.declarationList.declarations)
        declared.set(node.name.getText(), { node, comment: statement });
    else if ((statement as Named).name)
      declared.set((statement as Named).name!.getText(), { node: statement, comment: statement });
  }

/** The names that an entry of the package exports: those it names, and those it declares. */
function exportsOf(entry: string): string[] {
  return parse(entry).statements.flatMap((statement) => {
    if (
      ts.isExportDeclaration(statement) &&
      statement.exportClause &&
      ts.isNamedExports(statement.exportClause)
    )
      return statement.exportClause.elements.map(({ name }) => name.getText());
    const isExported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    return isExported && (statement as Named).name ? [(statement as Named).name!.getText()] : [];
  });
}

const isCommented = (node: ts.Node) => ts.getJSDocCommentsAndTags(node).length > 0;

const isCalled = (member: ts.TypeElement) =>
  ts.isMethodSignature(member) ||
  (ts.isPropertySignature(member) && member.type !== undefined && ts.isFunctionTypeNode(member.type));

it.each(['index.ts', 'react.ts', 'emulators.ts'])('%s', (entry) => {
  const names = exportsOf(entry);
  expect(names.length).toBeGreaterThanOrEqual(3);
  const silent = names.flatMap((name) => {
    const found = declared.get(name);
    if (!found) return [`${name} is not found`];
    const { node, comment } = found;
    if (ts.isInterfaceDeclaration(node))
      // What a method does stands at the method; an interface of fields alone speaks by them.
      return node.members
        .filter((member) => isCalled(member) && !isCommented(member))
        .map((member) => `${name}.${member.name!.getText()}`);
    return isCommented(comment) ? [] : [name];
  });
  expect(silent).toEqual([]);
});
