// The daily clean-up: photos that were announced more than a day ago and never uploaded are removed.
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, paginateQuery } from "@aws-sdk/lib-dynamodb";
import type { ScheduledEvent } from "aws-lambda";
import { documents, tableName } from "../aws/documents.ts";
import { log } from "../aws/log.ts";
import type { Photo } from "../domain/items.ts";
import { photoKey, waitingIndex } from "../domain/keys.ts";

const patience = 24 * 60 * 60 * 1000;

/** The event says when the rule was due; that, and not the moment of the run, decides. */
export async function handler(event: Pick<ScheduledEvent, "time">): Promise<{ readonly removed: number }> {
  const { gsi1pk, gsi1sk } = waitingIndex(new Date(Date.parse(event.time) - patience).toISOString());
  const pages = paginateQuery(
    { client: documents },
    {
      TableName: tableName(),
      IndexName: "gsi1",
      KeyConditionExpression: "gsi1pk = :waiting AND gsi1sk < :limit",
      ExpressionAttributeValues: { ":waiting": gsi1pk, ":limit": gsi1sk },
    },
  );
  let removed = 0;
  for await (const { Items = [] } of pages) {
    for (const item of Items) removed += await remove(item as Photo);
  }
  log.info("Cleaned up", { before: gsi1sk, removed });
  return { removed };
}

async function remove({ albumId, id }: Photo): Promise<number> {
  try {
    await documents.send(
      new DeleteCommand({
        TableName: tableName(),
        Key: photoKey(albumId, id),
        // The index lags behind: the upload may have come since.
        ConditionExpression: "#status = :waiting",
        ExpressionAttributeNames: { "#status": "status" },
        ExpressionAttributeValues: { ":waiting": "waiting" },
      }),
    );
    return 1;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return 0;
    throw error;
  }
}
