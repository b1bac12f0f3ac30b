// GET /albums/{albumId}/photos?limit=&cursor=
import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { documents, tableName } from "../../aws/documents.ts";
import type { Photo } from "../../domain/items.ts";
import { photoKey } from "../../domain/keys.ts";
import type { Answer } from "../../http/answer.ts";
import { cursorOf, keyOfCursor, pageSize } from "../../http/cursor.ts";
import type { Request } from "../../http/request.ts";
import { findAlbum } from "../albums/find-album.ts";
import { photoView } from "./find-photo.ts";

export async function listPhotos(caller: string, request: Request): Promise<Answer> {
  const album = await findAlbum(caller, request.path("albumId"));
  const { pk } = photoKey(album.id, "");
  const { Items = [], LastEvaluatedKey } = await documents.send(
    new QueryCommand({
      TableName: tableName(),
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": pk },
      Limit: pageSize(request.query("limit")),
      ExclusiveStartKey: keyOfCursor(request.query("cursor"), { pk }),
      ConsistentRead: true,
    }),
  );
  const photos = await Promise.all(Items.map((item) => photoView(item as Photo)));
  return { status: 200, body: { photos, cursor: cursorOf(LastEvaluatedKey) } };
}
