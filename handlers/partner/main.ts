// GET /partner/statistics: the totals of all users. API Gateway has checked the partner's API key.
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { documents, tableName } from "../aws/documents.ts";
import type { Counters } from "../domain/items.ts";
import { totalsKey } from "../domain/keys.ts";
import type { Answer } from "../http/answer.ts";
import { routesHandler } from "../http/routes.ts";

async function totals(): Promise<Answer> {
  const { Item } = await documents.send(new GetCommand({ TableName: tableName(), Key: totalsKey }));
  const { albums = 0, photos = 0, bytes = 0 }: Partial<Counters> = Item ?? {};
  return { status: 200, body: { albums, photos, bytes } };
}

export const handler = routesHandler({ "GET /partner/statistics": totals });
