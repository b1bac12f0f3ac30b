// Runs PartiQL statements as one transaction, of reads or of writes. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExecuteTransaction.html

import type { ExecuteTransactionInput, ExecuteTransactionOutput } from "../../../models/dynamodb.d.ts";
import { partOf, runStatement } from "../engine/partiql.ts";
import { earlierOutput, rememberToken, tokenOf } from "../engine/request-tokens.ts";
import { runTransaction } from "../engine/transaction.ts";
import { validation } from "../errors.ts";
import { showUnits } from "../rules/capacity.ts";
import { parsePartiql, type Statement } from "../rules/parse-partiql.ts";
import { operation, type DynamoContext } from "../store.ts";

export const executeTransaction = operation<ExecuteTransactionInput, ExecuteTransactionOutput>((input, context) => {
  const statements = input.TransactStatements.map((each) => parsePartiql(each.Statement, each.Parameters ?? []));
  const reads = statements.filter((statement) => statement.kind === "select").length;
  if (reads > 0 && reads < statements.length)
    throw validation("Statements in a transaction must be either all reads or all writes");
  if (reads > 0) return { Responses: statements.map((statement) => readOne(context, statement)) };
  const token =
    input.ClientRequestToken === undefined ? undefined : tokenOf(input.ClientRequestToken, input.TransactStatements);
  const earlier = token === undefined ? undefined : earlierOutput(context, token);
  if (earlier !== undefined) return earlier;
  const parts = statements.map((statement, index) =>
    partOf(context, statement, input.TransactStatements[index]?.ReturnValuesOnConditionCheckFailure),
  );
  const capacities = [...runTransaction(context, parts).values()].flatMap(
    ({ found, units }) =>
      showUnits(found.table.name, found.schema, units, {
        detail: input.ReturnConsumedCapacity,
        transaction: "WriteCapacityUnits",
      }) ?? [],
  );
  const output: ExecuteTransactionOutput = {
    Responses: [],
    ...(capacities.length > 0 && { ConsumedCapacity: capacities }),
  };
  if (token !== undefined) rememberToken(context, token, output);
  return output;
});

function readOne(
  context: DynamoContext,
  statement: Statement,
): NonNullable<ExecuteTransactionOutput["Responses"]>[number] {
  const [Item] = runStatement(context, statement, { ConsistentRead: true }).items;
  return Item === undefined ? {} : { Item };
}
