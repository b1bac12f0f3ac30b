// GET /statistics: how much the caller keeps here.
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { documents, tableName } from "../aws/documents.ts";
import type { Counters } from "../domain/items.ts";
import { statisticsKey } from "../domain/keys.ts";
import type { Answer } from "../http/answer.ts";

export async function getStatistics(caller: string): Promise<Answer> {
  const { Item } = await documents.send(new GetCommand({ TableName: tableName(), Key: statisticsKey(caller) }));
  const { albums = 0, photos = 0, bytes = 0 }: Partial<Counters> = Item ?? {};
  return { status: 200, body: { albums, photos, bytes } };
}
