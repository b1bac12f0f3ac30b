// Finds a photo of a user, and shows photos with links to their pictures.
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { documents, tableName } from "../../aws/documents.ts";
import { setting } from "../../aws/environment.ts";
import { linkToRead } from "../../aws/objects.ts";
import type { Photo } from "../../domain/items.ts";
import { photoKey, photoObject, thumbnailObject } from "../../domain/keys.ts";
import { Refusal } from "../../http/answer.ts";
import type { Request } from "../../http/request.ts";

const linkSeconds = 15 * 60;

export const noPhoto = (): Refusal => new Refusal(404, "There is no such photo");

export async function findPhoto(caller: string, request: Request): Promise<Photo> {
  const key = photoKey(request.path("albumId"), request.path("photoId"));
  const { Item } = await documents.send(new GetCommand({ TableName: tableName(), Key: key, ConsistentRead: true }));
  const photo = Item as Photo | undefined;
  if (photo?.owner !== caller) throw noPhoto();
  return photo;
}

export async function photoView(photo: Photo) {
  const { id, albumId, owner, fileName, contentType, bytes, caption, status, reason, width, height, createdAt } = photo;
  const shown = { id, albumId, fileName, contentType, bytes, caption, status, reason, width, height, createdAt };
  if (status !== "ready") return shown;
  const place = { owner, albumId, photoId: id };
  const [thumbnailUrl, pictureUrl] = await Promise.all([
    linkToRead(setting("THUMBNAILS"), thumbnailObject(place), linkSeconds),
    linkToRead(setting("UPLOADS"), photoObject(place), linkSeconds),
  ]);
  return { ...shown, thumbnailUrl, pictureUrl };
}
