// Checks uploads from the queue: a picture moves from incoming/ to photos/, anything else is rejected.
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { CopyObjectCommand, DeleteObjectCommand, GetObjectCommand, NoSuchKey } from "@aws-sdk/client-s3";
import type { GetObjectCommandOutput } from "@aws-sdk/client-s3";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { S3Event, S3EventRecord, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { documents, tableName } from "../aws/documents.ts";
import { log } from "../aws/log.ts";
import { objects } from "../aws/objects.ts";
import { keyOfEvent, photoKey, photoObject, placeOf } from "../domain/keys.ts";
import type { PhotoPlace } from "../domain/keys.ts";
import { rejectPhoto } from "../domain/reject-photo.ts";
import { refusalOf } from "./verdict.ts";

export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const outcomes = await Promise.allSettled(event.Records.map((record) => checkAll(record.body)));
  const batchItemFailures = event.Records.flatMap(({ messageId }, at) => {
    const outcome = outcomes[at];
    if (outcome?.status !== "rejected") return [];
    log.error("An upload could not be checked", outcome.reason, { messageId });
    return [{ itemIdentifier: messageId }];
  });
  return { batchItemFailures };
}

async function checkAll(body: string): Promise<void> {
  // S3 sends a test event without records when the notification is set up.
  const { Records = [] } = JSON.parse(body) as Partial<S3Event>;
  for (const record of Records) await check(record);
}

async function check({ s3 }: S3EventRecord): Promise<void> {
  const bucket = s3.bucket.name;
  const key = keyOfEvent(s3.object.key);
  const place = placeOf(key);
  if (place === undefined) return log.warn("Not a photo's object", { key });
  const upload = await read(bucket, key);
  // A message comes at least once: the second time, the upload has already moved on.
  if (upload === undefined) return log.info("The upload is gone", { key });
  const head = (await upload.Body?.transformToByteArray()) ?? new Uint8Array();
  const refusal = refusalOf({ announced: upload.ContentType, bytes: s3.object.size, head });
  if (refusal === undefined) await accept(bucket, key, place);
  else await rejectPhoto(place, refusal);
  await objects.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
}

async function read(bucket: string, key: string): Promise<GetObjectCommandOutput | undefined> {
  try {
    return await objects.send(new GetObjectCommand({ Bucket: bucket, Key: key, Range: "bytes=0-31" }));
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    // S3 has no range to give of an empty object.
    if (error instanceof Error && error.name === "InvalidRange") return { $metadata: {} };
    throw error;
  }
}

async function accept(bucket: string, key: string, place: PhotoPlace): Promise<void> {
  try {
    await documents.send(
      new UpdateCommand({
        TableName: tableName(),
        Key: photoKey(place.albumId, place.photoId),
        UpdateExpression: "SET #status = :accepted REMOVE gsi1pk, gsi1sk",
        ConditionExpression: "#owner = :owner AND #status IN (:waiting, :accepted)",
        ExpressionAttributeNames: { "#status": "status", "#owner": "owner" },
        ExpressionAttributeValues: { ":waiting": "waiting", ":accepted": "accepted", ":owner": place.owner },
      }),
    );
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return log.info("Nobody waits for this upload", { key });
    throw error;
  }
  await objects.send(
    new CopyObjectCommand({ Bucket: bucket, Key: photoObject(place), CopySource: `${bucket}/${key}` }),
  );
  log.info("An upload was accepted", { key });
}
