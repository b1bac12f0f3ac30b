// PUT /albums/{albumId}/photos/{photoId}: a new caption.
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { documents, tableName } from "../../aws/documents.ts";
import type { Photo } from "../../domain/items.ts";
import { photoKey } from "../../domain/keys.ts";
import type { Answer } from "../../http/answer.ts";
import { optionalText } from "../../http/fields.ts";
import type { Request } from "../../http/request.ts";
import { noPhoto, photoView } from "./find-photo.ts";

export async function updatePhoto(caller: string, request: Request): Promise<Answer> {
  const change = new UpdateCommand({
    TableName: tableName(),
    Key: photoKey(request.path("albumId"), request.path("photoId")),
    UpdateExpression: "SET caption = :caption",
    // owner is a reserved word of DynamoDB's expressions.
    ConditionExpression: "#owner = :caller",
    ExpressionAttributeNames: { "#owner": "owner" },
    ExpressionAttributeValues: { ":caption": optionalText(request.body(), "caption", 1000), ":caller": caller },
    ReturnValues: "ALL_NEW",
  });
  const { Attributes } = await documents.send(change).catch((error: unknown) => {
    throw error instanceof ConditionalCheckFailedException ? noPhoto() : error;
  });
  return { status: 200, body: await photoView(Attributes as Photo) };
}
