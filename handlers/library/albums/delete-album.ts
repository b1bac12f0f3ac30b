// DELETE /albums/{albumId}: the album, its photos, and their pictures.
import { DeleteCommand, paginateQuery } from "@aws-sdk/lib-dynamodb";
import { documents, tableName } from "../../aws/documents.ts";
import type { Photo } from "../../domain/items.ts";
import { albumKey, photoKey } from "../../domain/keys.ts";
import type { Answer } from "../../http/answer.ts";
import type { Request } from "../../http/request.ts";
import { removePhoto } from "../photos/remove-photo.ts";
import { findAlbum } from "./find-album.ts";

export async function deleteAlbum(caller: string, request: Request): Promise<Answer> {
  const album = await findAlbum(caller, request.path("albumId"));
  // The photos go first: should this stop half way, the album is still there to be deleted again.
  const pages = paginateQuery(
    { client: documents, pageSize: 25 },
    {
      TableName: tableName(),
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": photoKey(album.id, "").pk },
      // A photo that was only just added would be left behind.
      ConsistentRead: true,
    },
  );
  for await (const { Items = [] } of pages) await Promise.all(Items.map((item) => removePhoto(item as Photo)));
  await documents.send(new DeleteCommand({ TableName: tableName(), Key: albumKey(caller, album.id) }));
  return { status: 204 };
}
