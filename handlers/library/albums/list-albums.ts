// GET /albums?limit=&cursor=
import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { documents, tableName } from "../../aws/documents.ts";
import type { Album } from "../../domain/items.ts";
import { albumKey } from "../../domain/keys.ts";
import type { Answer } from "../../http/answer.ts";
import { cursorOf, keyOfCursor, pageSize } from "../../http/cursor.ts";
import type { Request } from "../../http/request.ts";
import { albumView } from "./find-album.ts";

export async function listAlbums(caller: string, request: Request): Promise<Answer> {
  const { pk, sk: prefix } = albumKey(caller, "");
  const { Items = [], LastEvaluatedKey } = await documents.send(
    new QueryCommand({
      TableName: tableName(),
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
      ExpressionAttributeValues: { ":pk": pk, ":prefix": prefix },
      Limit: pageSize(request.query("limit")),
      ExclusiveStartKey: keyOfCursor(request.query("cursor"), { pk }),
      ConsistentRead: true,
    }),
  );
  const albums = Items.map((item) => albumView(item as Album));
  return { status: 200, body: { albums, cursor: cursorOf(LastEvaluatedKey) } };
}
