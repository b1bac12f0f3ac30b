// Reads a PartiQL statement: parameters first, then the text, then what it means. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.html

import type { AttributeValue } from "../attribute-value.ts";
import { bindStatement } from "./bind-statement.ts";
import { checkedParameters } from "./parameters.ts";
import { statementTree } from "./statement-cache.ts";
import type { Statement } from "./statement.ts";

export type StatementInput = {
  readonly Statement: string;
  readonly Parameters?: readonly AttributeValue[] | undefined;
};

export function statementOf(text: string, parameters: readonly AttributeValue[]): Statement {
  return bindStatement(statementTree(text), parameters);
}

export function readStatement({ Statement: text, Parameters: given }: StatementInput): Statement {
  const parameters = checkedParameters(given);
  return statementOf(text, parameters);
}
