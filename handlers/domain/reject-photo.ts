// Rejects a photo: says so on its item, and announces it on the topic.
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { documents, tableName } from "../aws/documents.ts";
import { setting } from "../aws/environment.ts";
import { log } from "../aws/log.ts";
import { photoKey } from "./keys.ts";
import type { PhotoPlace } from "./keys.ts";

const topic = new SNSClient({});

export async function rejectPhoto(place: PhotoPlace, reason: string): Promise<void> {
  log.warn("A photo was rejected", { ...place, reason });
  try {
    await documents.send(
      new UpdateCommand({
        TableName: tableName(),
        Key: photoKey(place.albumId, place.photoId),
        UpdateExpression: "SET #status = :rejected, reason = :reason REMOVE gsi1pk, gsi1sk",
        ConditionExpression: "attribute_exists(pk)",
        ExpressionAttributeNames: { "#status": "status" },
        ExpressionAttributeValues: { ":rejected": "rejected", ":reason": reason },
      }),
    );
  } catch (error) {
    // The photo was deleted in the meantime: nobody waits for the verdict.
    if (error instanceof ConditionalCheckFailedException) return;
    throw error;
  }
  await topic.send(
    new PublishCommand({
      TopicArn: setting("REJECTIONS"),
      Subject: "Nebula refused an upload",
      Message: JSON.stringify({ ...place, reason }),
      MessageAttributes: { owner: { DataType: "String", StringValue: place.owner } },
    }),
  );
}
