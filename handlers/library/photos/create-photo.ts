// POST /albums/{albumId}/photos: announces a photo, and gives the link to upload it to.
import { randomUUID } from "node:crypto";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { documents, tableName } from "../../aws/documents.ts";
import { setting } from "../../aws/environment.ts";
import { linkToWrite } from "../../aws/objects.ts";
import type { Photo } from "../../domain/items.ts";
import { incomingObject, photoKey, waitingIndex } from "../../domain/keys.ts";
import type { Answer } from "../../http/answer.ts";
import { oneOf, optionalText, textField, wholeNumber } from "../../http/fields.ts";
import type { Request } from "../../http/request.ts";
import { findAlbum } from "../albums/find-album.ts";
import { photoView } from "./find-photo.ts";

const uploadSeconds = 10 * 60;

export async function createPhoto(caller: string, request: Request): Promise<Answer> {
  const body = request.body();
  const album = await findAlbum(caller, request.path("albumId"));
  const photo: Photo = {
    id: randomUUID(),
    albumId: album.id,
    owner: caller,
    fileName: textField(body, "fileName", 255),
    contentType: oneOf(body, "contentType", ["image/jpeg", "image/png", "image/gif"]),
    bytes: wholeNumber(body, "bytes", 1, 10 * 1024 * 1024),
    caption: optionalText(body, "caption", 1000),
    status: "waiting",
    createdAt: request.now.toISOString(),
  };
  await documents.send(
    new PutCommand({
      TableName: tableName(),
      Item: { ...photoKey(album.id, photo.id), ...waitingIndex(photo.createdAt), ...photo },
      ConditionExpression: "attribute_not_exists(pk)",
    }),
  );
  const key = incomingObject({ owner: caller, albumId: album.id, photoId: photo.id });
  const { contentType, bytes } = photo;
  const url = await linkToWrite({ bucket: setting("UPLOADS"), key, contentType, bytes }, uploadSeconds);
  const upload = { method: "PUT", url, headers: { "Content-Type": contentType } };
  return { status: 201, body: { photo: await photoView(photo), upload } };
}
