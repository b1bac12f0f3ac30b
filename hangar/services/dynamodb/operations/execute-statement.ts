// Runs one PartiQL statement. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExecuteStatement.html

import type { ExecuteStatementInput, ExecuteStatementOutput } from "../../../models/dynamodb.d.ts";
import { runStatement } from "../engine/partiql.ts";
import { readStatement } from "../rules/partiql/statement-of.ts";
import { operation } from "../store.ts";

export const executeStatement = operation<ExecuteStatementInput, ExecuteStatementOutput>((input, context) => {
  const { items, next, last, capacity } = runStatement(context, readStatement(input), input);
  return { Items: items, NextToken: next, LastEvaluatedKey: last, ConsumedCapacity: capacity };
});
