// GET /shares/{shareId}: shows one photo to anybody who has the link, until it expires.
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { documents, tableName } from "../aws/documents.ts";
import { setting } from "../aws/environment.ts";
import { linkToRead } from "../aws/objects.ts";
import type { Photo, Share } from "../domain/items.ts";
import { photoKey, photoObject, shareKey, thumbnailObject } from "../domain/keys.ts";
import { Refusal } from "../http/answer.ts";
import type { Answer } from "../http/answer.ts";
import type { Request } from "../http/request.ts";
import { routesHandler } from "../http/routes.ts";

const gone = (): Refusal => new Refusal(404, "This link has expired, or never was");

async function item<T>(key: { readonly pk: string; readonly sk: string }): Promise<T | undefined> {
  const { Item } = await documents.send(new GetCommand({ TableName: tableName(), Key: key, ConsistentRead: true }));
  return Item as T | undefined;
}

async function openShare(request: Request): Promise<Answer> {
  const share = await item<Share>(shareKey(request.path("shareId")));
  const secondsLeft = share === undefined ? 0 : share.expiresAt - request.now.getTime() / 1000;
  // DynamoDB may take days to remove an expired item, so its word alone does not count.
  if (share === undefined || secondsLeft <= 0) throw gone();
  const photo = await item<Photo>(photoKey(share.albumId, share.photoId));
  if (photo?.status !== "ready") throw gone();
  const place = { owner: photo.owner, albumId: photo.albumId, photoId: photo.id };
  const seconds = Math.max(1, Math.min(15 * 60, Math.floor(secondsLeft)));
  const [pictureUrl, thumbnailUrl] = await Promise.all([
    linkToRead(setting("UPLOADS"), photoObject(place), seconds),
    linkToRead(setting("THUMBNAILS"), thumbnailObject(place), seconds),
  ]);
  const { caption, fileName, width, height } = photo;
  const expiresAt = new Date(share.expiresAt * 1000).toISOString();
  return { status: 200, body: { caption, fileName, width, height, expiresAt, pictureUrl, thumbnailUrl } };
}

export const handler = routesHandler({ "GET /shares/{shareId}": openShare });
