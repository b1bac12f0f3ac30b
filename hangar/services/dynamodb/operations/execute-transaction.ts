// Runs PartiQL statements as one transaction, of reads or of writes. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExecuteTransaction.html

import type { ExecuteTransactionInput, ExecuteTransactionOutput } from "../../../models/dynamodb.d.ts";
import type { FoundTable } from "../engine/find-table.ts";
import {
  checkReadKeys,
  findTables,
  inStatement,
  partOf,
  readOf,
  readTogether,
  refuseMissing,
} from "../engine/partiql-transaction.ts";
import { earlierOutput, rememberToken, tokenOf } from "../engine/request-tokens.ts";
import { replayCapacities } from "../engine/transaction-replay.ts";
import { runTransaction } from "../engine/transaction.ts";
import { validation } from "../errors.ts";
import { showUnits, type ShownCapacity, type Units } from "../rules/capacity.ts";
import { itemKey } from "../rules/item-key.ts";
import { checkedParameters } from "../rules/partiql/parameters.ts";
import { statementOf } from "../rules/partiql/statement-of.ts";
import type { Select, Statement } from "../rules/partiql/statement.ts";
import { operation, type DynamoContext } from "../store.ts";

export const executeTransaction = operation<ExecuteTransactionInput, ExecuteTransactionOutput>((input, context) => {
  const parameters = input.TransactStatements.map((each) => checkedParameters(each.Parameters));
  const statements = input.TransactStatements.map((each, index) =>
    inStatement(index, () => statementOf(each.Statement, parameters[index] ?? [])),
  );
  const reads = statements.filter((statement) => statement.kind === "select").length;
  if (reads > 0 && reads < statements.length)
    throw validation("ExecuteTransaction API does not support both read and write operations in the same request.");
  return reads > 0 ? readAll(context, statements as readonly Select[], input) : writeAll(context, statements, input);
});

function readAll(
  context: DynamoContext,
  statements: readonly Select[],
  input: ExecuteTransactionInput,
): ExecuteTransactionOutput {
  const tables = findTables(context, statements);
  const maybe = statements.map((statement, index) => {
    const found = tables[index] as FoundTable;
    return "schema" in found ? inStatement(index, () => readOf(statement, found)) : undefined;
  });
  refuseMissing(tables);
  const reads = maybe.filter((read) => read !== undefined);
  checkReadKeys(reads);
  const keys = reads.map(({ found, key }) => itemKey(found.schema, key));
  if (new Set(keys).size < keys.length)
    throw validation("Transaction request cannot include multiple operations on one item");
  const { rows, units } = readTogether(context, reads, keys);
  return {
    Responses: rows.map((row) => (row === undefined ? {} : { Item: row })),
    ConsumedCapacity: capacities(units, input.ReturnConsumedCapacity, "ReadCapacityUnits"),
  };
}

function writeAll(
  context: DynamoContext,
  statements: readonly Statement[],
  input: ExecuteTransactionInput,
): ExecuteTransactionOutput {
  const { ClientRequestToken: given, TransactStatements: requests, ReturnConsumedCapacity: detail } = input;
  const token = given === undefined ? undefined : tokenOf(given, requests);
  const earlier = token === undefined ? undefined : earlierOutput(context, token);
  if (earlier !== undefined && (detail === undefined || detail === "NONE")) return earlier;
  const tables = findTables(context, statements);
  const maybe = statements.map((statement, index) => {
    const found = tables[index] as FoundTable;
    const show = requests[index]?.ReturnValuesOnConditionCheckFailure;
    return "schema" in found ? inStatement(index, () => partOf(statement, found, show)) : undefined;
  });
  refuseMissing(tables);
  const parts = maybe.filter((part) => part !== undefined);
  if (earlier !== undefined) return { ...earlier, ConsumedCapacity: [...replayCapacities(context, parts, detail)] };
  const written = [...runTransaction(context, parts).values()];
  if (token !== undefined) rememberToken(context, token, { Responses: [] });
  const units = new Map(written.map((each) => [each.found, each.units] as const));
  return { Responses: [], ConsumedCapacity: capacities(units, detail, "WriteCapacityUnits") };
}

function capacities(
  units: ReadonlyMap<FoundTable, Units>,
  detail: string | undefined,
  transaction: "ReadCapacityUnits" | "WriteCapacityUnits",
): ShownCapacity[] | undefined {
  const shown = [...units].flatMap(
    ([{ table, schema }, each]) => showUnits(table.name, schema, each, { detail, transaction }) ?? [],
  );
  return shown.length === 0 ? undefined : shown;
}
