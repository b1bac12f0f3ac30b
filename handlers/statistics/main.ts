// Keeps the counters of each user and of all, from the table's stream.
import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { documents, tableName } from "../aws/documents.ts";
import { log } from "../aws/log.ts";
import { countedKey, statisticsKey, totalsKey } from "../domain/keys.ts";
import { changeOf } from "./change.ts";
import type { Change } from "./change.ts";

/** A stream gives a record again for at most a day; the mark that it was counted outlives that. */
const markSeconds = 2 * 24 * 60 * 60;

export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  for (const record of event.Records) {
    try {
      await count(record);
    } catch (error) {
      log.error("A change could not be counted", error, { eventId: record.eventID });
      // The records of a shard are in order: everything from this one on comes again.
      return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? "" }] };
    }
  }
  return { batchItemFailures: [] };
}

async function count(record: DynamoDBRecord): Promise<void> {
  const change = changeOf(record);
  const eventId = record.eventID;
  if (change === undefined || eventId === undefined) return;
  const expiresAt = Math.floor(record.dynamodb?.ApproximateCreationDateTime ?? Date.now() / 1000) + markSeconds;
  try {
    await documents.send(
      new TransactWriteCommand({
        TransactItems: [
          {
            Put: {
              TableName: tableName(),
              Item: { ...countedKey(eventId), expiresAt },
              ConditionExpression: "attribute_not_exists(pk)",
            },
          },
          add(statisticsKey(change.owner), change),
          add(totalsKey, change),
        ],
      }),
    );
    log.info("Counted", { eventId, ...change });
  } catch (error) {
    if (!alreadyCounted(error)) throw error;
    log.info("Was counted before", { eventId });
  }
}

const add = (key: { readonly pk: string; readonly sk: string }, { albums, photos, bytes }: Change) => ({
  Update: {
    TableName: tableName(),
    Key: key,
    UpdateExpression: "ADD albums :albums, photos :photos, bytes :bytes",
    ExpressionAttributeValues: { ":albums": albums, ":photos": photos, ":bytes": bytes },
  },
});

const alreadyCounted = (error: unknown): boolean =>
  error instanceof TransactionCanceledException && error.CancellationReasons?.[0]?.Code === "ConditionalCheckFailed";
