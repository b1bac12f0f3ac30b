// POST /albums
import { randomUUID } from "node:crypto";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { documents, tableName } from "../../aws/documents.ts";
import type { Album } from "../../domain/items.ts";
import { albumKey } from "../../domain/keys.ts";
import type { Answer } from "../../http/answer.ts";
import { optionalText, textField } from "../../http/fields.ts";
import type { Request } from "../../http/request.ts";
import { albumView } from "./find-album.ts";

export async function createAlbum(caller: string, request: Request): Promise<Answer> {
  const body = request.body();
  const now = request.now.toISOString();
  const album: Album = {
    id: randomUUID(),
    owner: caller,
    title: textField(body, "title", 120),
    description: optionalText(body, "description", 1000),
    createdAt: now,
    updatedAt: now,
  };
  await documents.send(
    new PutCommand({
      TableName: tableName(),
      Item: { ...albumKey(caller, album.id), ...album },
      ConditionExpression: "attribute_not_exists(pk)",
    }),
  );
  return { status: 201, body: albumView(album) };
}
