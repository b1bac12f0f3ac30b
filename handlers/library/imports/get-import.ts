// GET /imports/{importId}: how the conversion went, and where its JSON lines are.
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { documents, tableName } from "../../aws/documents.ts";
import { setting } from "../../aws/environment.ts";
import { linkToRead } from "../../aws/objects.ts";
import type { Import } from "../../domain/items.ts";
import { convertedObject, importKey } from "../../domain/keys.ts";
import { Refusal } from "../../http/answer.ts";
import type { Answer } from "../../http/answer.ts";
import type { Request } from "../../http/request.ts";

export async function getImport(caller: string, request: Request): Promise<Answer> {
  const key = importKey(caller, request.path("importId"));
  const { Item } = await documents.send(new GetCommand({ TableName: tableName(), Key: key, ConsistentRead: true }));
  if (Item === undefined) throw new Refusal(404, "There is no such import");
  const { id, fileName, status, rows, reason, createdAt } = Item as Import;
  const shown = { id, fileName, status, rows, reason, createdAt };
  if (status !== "converted") return { status: 200, body: shown };
  const linesUrl = await linkToRead(setting("UPLOADS"), convertedObject(caller, id), 15 * 60);
  return { status: 200, body: { ...shown, linesUrl } };
}
