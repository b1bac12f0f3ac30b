// PUT /albums/{albumId}
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { documents, tableName } from "../../aws/documents.ts";
import type { Album } from "../../domain/items.ts";
import { albumKey } from "../../domain/keys.ts";
import type { Answer } from "../../http/answer.ts";
import { optionalText, textField } from "../../http/fields.ts";
import type { Request } from "../../http/request.ts";
import { albumView, noAlbum } from "./find-album.ts";

export async function updateAlbum(caller: string, request: Request): Promise<Answer> {
  const body = request.body();
  const change = new UpdateCommand({
    TableName: tableName(),
    Key: albumKey(caller, request.path("albumId")),
    UpdateExpression: "SET title = :title, description = :description, updatedAt = :now",
    ConditionExpression: "attribute_exists(pk)",
    ExpressionAttributeValues: {
      ":title": textField(body, "title", 120),
      ":description": optionalText(body, "description", 1000),
      ":now": request.now.toISOString(),
    },
    ReturnValues: "ALL_NEW",
  });
  const { Attributes } = await documents.send(change).catch((error: unknown) => {
    throw error instanceof ConditionalCheckFailedException ? noAlbum() : error;
  });
  return { status: 200, body: albumView(Attributes as Album) };
}
