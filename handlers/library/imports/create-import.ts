// POST /imports: announces a CSV catalogue, and gives the link to upload it to.
import { randomUUID } from "node:crypto";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { documents, tableName } from "../../aws/documents.ts";
import { setting } from "../../aws/environment.ts";
import { linkToWrite } from "../../aws/objects.ts";
import type { Import } from "../../domain/items.ts";
import { importKey, importObject } from "../../domain/keys.ts";
import type { Answer } from "../../http/answer.ts";
import { textField } from "../../http/fields.ts";
import type { Request } from "../../http/request.ts";

const contentType = "text/csv";

export async function createImport(caller: string, request: Request): Promise<Answer> {
  const catalogue: Import = {
    id: randomUUID(),
    fileName: textField(request.body(), "fileName", 255),
    status: "waiting",
    createdAt: request.now.toISOString(),
  };
  await documents.send(
    new PutCommand({ TableName: tableName(), Item: { ...importKey(caller, catalogue.id), ...catalogue } }),
  );
  const key = importObject(caller, catalogue.id);
  const url = await linkToWrite({ bucket: setting("UPLOADS"), key, contentType }, 10 * 60);
  return {
    status: 201,
    body: { import: catalogue, upload: { method: "PUT", url, headers: { "Content-Type": contentType } } },
  };
}
