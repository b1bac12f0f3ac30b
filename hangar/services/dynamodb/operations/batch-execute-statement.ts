// Runs up to 25 PartiQL statements, each on its own. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchExecuteStatement.html

import { AwsError } from "../../../kernel/aws-error.ts";
import type { BatchExecuteStatementInput, BatchExecuteStatementOutput } from "../../../models/dynamodb.d.ts";
import { notInTransaction, runStatement, tableOf } from "../engine/partiql.ts";
import { prepareSelect, singleItem, type Selected } from "../engine/partiql-select.ts";
import { validation } from "../errors.ts";
import { addShown, type ShownCapacity } from "../rules/capacity.ts";
import { readStatement } from "../rules/partiql/statement-of.ts";
import type { Statement } from "../rules/partiql/statement.ts";
import { operation, type DynamoContext } from "../store.ts";

type Response = NonNullable<BatchExecuteStatementOutput["Responses"]>[number];
type Request = BatchExecuteStatementInput["Statements"][number];

/** Error codes of single statements. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchStatementError.html */
const CODES: Readonly<Record<string, string>> = {
  ValidationException: "ValidationError",
  ConditionalCheckFailedException: "ConditionalCheckFailed",
  DuplicateItemException: "DuplicateItem",
  ResourceNotFoundException: "ResourceNotFound",
  ItemCollectionSizeLimitExceededException: "ItemCollectionSizeLimitExceeded",
  ProvisionedThroughputExceededException: "ProvisionedThroughputExceeded",
  RequestLimitExceeded: "RequestLimitExceeded",
  ThrottlingException: "ThrottlingError",
  TransactionConflictException: "TransactionConflict",
};

export const batchExecuteStatement = operation<BatchExecuteStatementInput, BatchExecuteStatementOutput>(
  (input, context) => {
    const parsed = input.Statements.map((request) => attempt(() => readBatched(request)));
    const read = parsed.filter((each): each is Statement => !(each instanceof AwsError));
    const reads = read.filter(({ kind }) => kind === "select").length;
    if (reads > 0 && reads < read.length)
      throw validation("Read and write requests together in the same batch is not supported.");
    const capacities = new Map<string, ShownCapacity>();
    const Responses = input.Statements.map((request, index): Response => {
      const statement = parsed[index] as Statement | AwsError;
      if (statement instanceof AwsError) return { Error: errorOf(statement) };
      const TableName = tableOf(statement);
      const result = attempt(() => runOne(context, statement, request, input.ReturnConsumedCapacity));
      if (result instanceof AwsError) return { Error: errorOf(result), TableName };
      const { capacity } = result;
      if (capacity !== undefined)
        capacities.set(capacity.TableName, addShown(capacities.get(capacity.TableName), capacity));
      const [Item] = result.items;
      return Item === undefined ? { TableName } : { TableName, Item };
    });
    return capacities.size === 0 ? { Responses } : { Responses, ConsumedCapacity: [...capacities.values()] };
  },
);

function readBatched(request: Request): Statement {
  const statement = readStatement(request);
  if (statement.kind === "exists") throw notInTransaction();
  return statement;
}

function runOne(context: DynamoContext, statement: Statement, request: Request, detail: string | undefined): Selected {
  if (statement.kind === "select" && !singleItem(prepareSelect(context, statement)))
    throw validation(
      "Select statements within BatchExecuteStatement must specify the primary key in the where clause.",
    );
  return runStatement(context, statement, { ...request, ReturnConsumedCapacity: detail });
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
  return { Code: CODES[error.code] ?? error.code, Message: error.message, ...error.members };
}
