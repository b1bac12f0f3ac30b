// Makes the thumbnail of every picture that arrives under photos/, and declares the photo ready.
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, PutObjectCommand } from "@aws-sdk/client-s3";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { S3Event, S3EventRecord } from "aws-lambda";
import { documents, tableName } from "../aws/documents.ts";
import { setting } from "../aws/environment.ts";
import { log } from "../aws/log.ts";
import { objects } from "../aws/objects.ts";
import { keyOfEvent, photoKey, placeOf, readyIndex, thumbnailObject } from "../domain/keys.ts";
import type { PhotoPlace } from "../domain/keys.ts";
import { rejectPhoto } from "../domain/reject-photo.ts";
import { makeThumbnail } from "./thumbnail.ts";
import type { Thumbnail } from "./thumbnail.ts";

export async function handler(event: S3Event): Promise<void> {
  for (const record of event.Records) await make(record);
}

async function make({ s3, eventTime }: S3EventRecord): Promise<void> {
  const source = { Bucket: s3.bucket.name, Key: keyOfEvent(s3.object.key) };
  const place = placeOf(source.Key);
  if (place === undefined) return log.warn("Not a photo's object", { key: source.Key });
  const picture = await read(source);
  if (picture === undefined) return log.info("The photo was deleted", { ...place });
  let thumbnail: Thumbnail;
  try {
    thumbnail = await makeThumbnail(picture);
  } catch (error) {
    log.error("The picture cannot be read", error, { ...place });
    await rejectPhoto(place, "The picture is damaged");
    await objects.send(new DeleteObjectCommand(source));
    return;
  }
  await keep(place, thumbnail, eventTime);
}

async function read(source: { readonly Bucket: string; readonly Key: string }): Promise<Uint8Array | undefined> {
  try {
    const { Body } = await objects.send(new GetObjectCommand(source));
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

async function keep(place: PhotoPlace, { jpeg, width, height }: Thumbnail, at: string): Promise<void> {
  const target = { Bucket: setting("THUMBNAILS"), Key: thumbnailObject(place) };
  await objects.send(new PutObjectCommand({ ...target, Body: jpeg, ContentType: "image/jpeg" }));
  const { gsi1pk, gsi1sk } = readyIndex(place.owner, at);
  try {
    await documents.send(
      new UpdateCommand({
        TableName: tableName(),
        Key: photoKey(place.albumId, place.photoId),
        UpdateExpression: "SET #status = :ready, width = :width, height = :height, gsi1pk = :list, gsi1sk = :at",
        ConditionExpression: "attribute_exists(pk)",
        ExpressionAttributeNames: { "#status": "status" },
        ExpressionAttributeValues: {
          ":ready": "ready",
          ":width": width,
          ":height": height,
          ":list": gsi1pk,
          ":at": gsi1sk,
        },
      }),
    );
    log.info("A thumbnail was made", { ...place, width, height });
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    // Deleted while the thumbnail was being made.
    await objects.send(new DeleteObjectCommand(target));
  }
}
