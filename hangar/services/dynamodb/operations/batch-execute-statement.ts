// Runs up to 25 PartiQL statements, each on its own. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchExecuteStatement.html

import { AwsError } from "../../../kernel/aws-error.ts";
import type { BatchExecuteStatementInput, BatchExecuteStatementOutput } from "../../../models/dynamodb.d.ts";
import { runStatement, tableOf } from "../engine/partiql.ts";
import { validation } from "../errors.ts";
import { parsePartiql, type Statement } from "../rules/parse-partiql.ts";
import { keyOfWhere } from "../rules/partiql-keys.ts";
import { findTable } from "../engine/find-table.ts";
import { operation, type DynamoContext } from "../store.ts";

type Response = NonNullable<BatchExecuteStatementOutput["Responses"]>[number];
type Request = BatchExecuteStatementInput["Statements"][number];

/** Error codes of single statements. */
const CODES: Readonly<Record<string, string>> = {
  ValidationException: "ValidationError",
  ConditionalCheckFailedException: "ConditionalCheckFailed",
  DuplicateItemException: "DuplicateItem",
  ResourceNotFoundException: "ResourceNotFound",
  ProvisionedThroughputExceededException: "ProvisionedThroughputExceeded",
  ThrottlingException: "ThrottlingError",
};

export const batchExecuteStatement = operation<BatchExecuteStatementInput, BatchExecuteStatementOutput>(
  (input, context) => {
    const parsed = input.Statements.map((request) =>
      attempt(() => parsePartiql(request.Statement, request.Parameters ?? [])),
    );
    const reads = parsed.filter((each) => !(each instanceof AwsError) && each.kind === "select").length;
    const writes = parsed.filter((each) => !(each instanceof AwsError) && each.kind !== "select").length;
    if (reads > 0 && writes > 0) throw validation("A batch cannot hold both read and write statements");
    const capacities: NonNullable<BatchExecuteStatementOutput["ConsumedCapacity"]>[number][] = [];
    const Responses = input.Statements.map((request, index): Response => {
      const statement = parsed[index] as Statement | AwsError;
      if (statement instanceof AwsError) return { Error: errorOf(statement) };
      const result = attempt(() => runOne(context, statement, request, input));
      const TableName = tableOf(statement);
      if (result instanceof AwsError) return { Error: errorOf(result), TableName };
      if (result.capacity !== undefined) capacities.push(result.capacity);
      return { TableName, ...(result.items[0] !== undefined && { Item: result.items[0] }) };
    });
    return { Responses, ...(capacities.length > 0 && { ConsumedCapacity: capacities }) };
  },
);

function runOne(context: DynamoContext, statement: Statement, request: Request, input: BatchExecuteStatementInput) {
  // A batch reads single items: every key attribute has to be given.
  if (statement.kind === "select") {
    if (statement.where === undefined)
      throw validation(
        "Select statements within BatchExecuteStatement must specify the primary key in the where clause.",
      );
    keyOfWhere(findTable(context, statement.table).schema, statement.where);
  }
  return runStatement(context, statement, {
    ConsistentRead: request.ConsistentRead,
    ReturnValuesOnConditionCheckFailure: request.ReturnValuesOnConditionCheckFailure,
    ReturnConsumedCapacity: input.ReturnConsumedCapacity,
  });
}

function attempt<Result>(run: () => Result): Result | AwsError {
  try {
    return run();
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
}

function errorOf(error: AwsError): NonNullable<Response["Error"]> {
  const { Item } = error.members as Pick<NonNullable<Response["Error"]>, "Item">;
  return { Code: CODES[error.code] ?? error.code, Message: error.message, ...(Item !== undefined && { Item }) };
}
