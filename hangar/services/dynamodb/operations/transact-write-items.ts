// Writes up to 100 items, all or none. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html

import type { TransactWriteItemsInput, TransactWriteItemsOutput } from "../../../models/dynamodb.d.ts";
import { collectionMetrics } from "../engine/item-collections.ts";
import { earlierOutput, rememberToken, tokenOf } from "../engine/request-tokens.ts";
import { replayCapacities } from "../engine/transaction-replay.ts";
import { readPart, runTransaction, type Part } from "../engine/transaction.ts";
import { inOlderWords } from "../errors.ts";
import { showUnits } from "../rules/capacity.ts";
import { operation, type DynamoContext } from "../store.ts";

export const transactWriteItems = operation<TransactWriteItemsInput, TransactWriteItemsOutput>((input, context) => {
  const { ClientRequestToken: given, ReturnConsumedCapacity: detail } = input;
  const token = given === undefined ? undefined : tokenOf(given, input.TransactItems);
  const earlier = token === undefined ? undefined : earlierOutput(context, token);
  if (earlier !== undefined) return replayed(context, input, earlier);
  const tables = [...runTransaction(context, readParts(input)).values()];
  const capacities = tables.flatMap(
    ({ found, units }) =>
      showUnits(found.table.name, found.schema, units, { detail, transaction: "WriteCapacityUnits" }) ?? [],
  );
  const metrics = tables.flatMap(({ found, keys }) => {
    const each = keys.flatMap((key) => collectionMetrics(found, key, input.ReturnItemCollectionMetrics) ?? []);
    return each.length === 0 ? [] : [[found.table.name, each] as const];
  });
  const output: TransactWriteItemsOutput = {
    ...(capacities.length > 0 && { ConsumedCapacity: capacities }),
    ...(metrics.length > 0 && { ItemCollectionMetrics: Object.fromEntries(metrics) }),
  };
  if (token !== undefined) rememberToken(context, token, output);
  return output;
});

/** What was done is not done again: the units are those of reading what is there now. */
function replayed(
  context: DynamoContext,
  input: TransactWriteItemsInput,
  earlier: TransactWriteItemsOutput,
): TransactWriteItemsOutput {
  const { ConsumedCapacity: _written, ...rest } = earlier;
  const detail = input.ReturnConsumedCapacity;
  if (detail === undefined || detail === "NONE") return rest;
  return { ...rest, ConsumedCapacity: [...replayCapacities(context, readParts(input), detail)] };
}

function readParts({ TransactItems: actions }: TransactWriteItemsInput): readonly Part[] {
  try {
    return actions.map(readPart);
  } catch (error) {
    throw inOlderWords(error);
  }
}
