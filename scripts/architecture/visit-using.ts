import swcVisitor from '@swc/core/Visitor.js';
import type { Statement, VariableDeclarator } from '@swc/core';

/** `using x = ...`, `await using x = ...`: what swc parses and its visitor does not know. */
interface UsingDeclaration {
  readonly type: 'UsingDeclaration';
  readonly decls: VariableDeclarator[];
}

/**
 * Teaches swc's visitor, which dependency-cruiser walks with, the declarations of explicit resource management; without
 * this the first file with `await using` ends the run. Imports inside their initializers count like any other.
 */
export function visitUsingDeclarations(): void {
  const { prototype } = swcVisitor.Visitor;
  // oxlint-disable-next-line typescript/unbound-method -- called below with the visitor as `this`
  const { visitStatement } = prototype;
  prototype.visitStatement = function visit(statement: Statement | UsingDeclaration): Statement {
    if (statement.type !== 'UsingDeclaration') return visitStatement.call(this, statement);
    this.visitVariableDeclarators(statement.decls);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a visitor gives back the node that it was given
    return statement as unknown as Statement;
  };
}
