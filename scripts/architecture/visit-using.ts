import swcVisitor from '@swc/core/Visitor.js';
import type { Statement, VariableDeclarator } from '@swc/core';

type VisitorClass = Pick<typeof swcVisitor.Visitor, 'prototype'>;

/** `using x = ...`, `await using x = ...`: what swc parses and its visitor does not know. */
interface UsingDeclaration {
  readonly type: 'UsingDeclaration';
  readonly decls: VariableDeclarator[];
}

/**
 * Teaches swc's visitor, which dependency-cruiser walks with, the declarations of explicit resource management; without
 * this the first file with `await using` ends the run. Imports inside their initializers count like any other. This is a
 * private reach, into a class that dependency-cruiser makes its own of and gives no access to.
 *
 * @throws when another version of swc has no such visitor.
 */
export function visitUsingDeclarations({ prototype }: VisitorClass = swcVisitor.Visitor): void {
  if (!('visitStatement' in prototype && 'visitVariableDeclarators' in prototype)) {
    throw new TypeError(
      'The visitor of @swc/core has no visitStatement or visitVariableDeclarators any more: see how dependency-cruiser walks now, and change scripts/architecture/visit-using.ts.',
    );
  }
  // oxlint-disable-next-line typescript/unbound-method -- called below with the visitor as `this`
  const { visitStatement } = prototype;
  prototype.visitStatement = function visit(statement: Statement | UsingDeclaration): Statement {
    if (statement.type !== 'UsingDeclaration') return visitStatement.call(this, statement);
    this.visitVariableDeclarators(statement.decls);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a visitor gives back the node that it was given
    return statement as unknown as Statement;
  };
}
