// Removes a photo: its pictures first, then its item.
import { DeleteObjectCommand } from "@aws-sdk/client-s3";
import { DeleteCommand } from "@aws-sdk/lib-dynamodb";
import { documents, tableName } from "../../aws/documents.ts";
import { setting } from "../../aws/environment.ts";
import { objects } from "../../aws/objects.ts";
import type { Photo } from "../../domain/items.ts";
import { incomingObject, photoKey, photoObject, thumbnailObject } from "../../domain/keys.ts";

export async function removePhoto({ owner, albumId, id }: Photo): Promise<void> {
  const place = { owner, albumId, photoId: id };
  const pictures = [
    { Bucket: setting("UPLOADS"), Key: incomingObject(place) },
    { Bucket: setting("UPLOADS"), Key: photoObject(place) },
    { Bucket: setting("THUMBNAILS"), Key: thumbnailObject(place) },
  ];
  await Promise.all(pictures.map((picture) => objects.send(new DeleteObjectCommand(picture))));
  await documents.send(new DeleteCommand({ TableName: tableName(), Key: photoKey(albumId, id) }));
}
