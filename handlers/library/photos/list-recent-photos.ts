// GET /photos?limit=&cursor=: the caller's ready photos of all albums, newest first.
import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { documents, tableName } from "../../aws/documents.ts";
import type { Photo } from "../../domain/items.ts";
import { readyIndex } from "../../domain/keys.ts";
import type { Answer } from "../../http/answer.ts";
import { cursorOf, keyOfCursor, pageSize } from "../../http/cursor.ts";
import type { Request } from "../../http/request.ts";
import { photoView } from "./find-photo.ts";

export async function listRecentPhotos(caller: string, request: Request): Promise<Answer> {
  const { gsi1pk } = readyIndex(caller, "");
  const { Items = [], LastEvaluatedKey } = await documents.send(
    new QueryCommand({
      TableName: tableName(),
      IndexName: "gsi1",
      KeyConditionExpression: "gsi1pk = :owner",
      ExpressionAttributeValues: { ":owner": gsi1pk },
      ScanIndexForward: false,
      Limit: pageSize(request.query("limit")),
      ExclusiveStartKey: keyOfCursor(request.query("cursor"), { gsi1pk }),
    }),
  );
  const photos = await Promise.all(Items.map((item) => photoView(item as Photo)));
  return { status: 200, body: { photos, cursor: cursorOf(LastEvaluatedKey) } };
}
