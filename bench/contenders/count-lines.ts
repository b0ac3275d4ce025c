/** Counts lines of code. */

import ts from 'typescript';

/** The lines of a TypeScript file that hold code: those that are blank, or hold nothing but a comment, are not among them. */
export function codeLines(source: string): number {
  const file = ts.createSourceFile('file.ts', source, ts.ScriptTarget.Latest, true);
  const lines = new Set<number>();
  const lineAt = (position: number) => file.getLineAndCharacterOfPosition(position).line;
  const visit = (node: ts.Node): void => {
    if (node.kind >= ts.SyntaxKind.FirstJSDocNode && node.kind <= ts.SyntaxKind.LastJSDocNode) return;
    const children = node.getChildren(file);
    children.forEach(visit);
    // The end of the file is a token of no length.
    if (children.length > 0 || node.getWidth(file) === 0) return;
    for (let line = lineAt(node.getStart(file)); line <= lineAt(node.end); line += 1) lines.add(line);
  };
  visit(file);
  return lines.size;
}
