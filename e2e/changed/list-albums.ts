// handlers/library/albums/list-albums.ts as a colleague changed it, from Query to BatchGetItem; the policy stayed as it was.
import { BatchGetCommand } from "@aws-sdk/lib-dynamodb";
import { documents, tableName } from "../../handlers/aws/documents.ts";
import type { Album } from "../../handlers/domain/items.ts";
import { albumKey } from "../../handlers/domain/keys.ts";
import type { Answer } from "../../handlers/http/answer.ts";
import type { Request } from "../../handlers/http/request.ts";
import { albumView } from "../../handlers/library/albums/find-album.ts";

export async function listAlbums(caller: string, request: Request): Promise<Answer> {
  const Keys = (request.query("ids") ?? "").split(",").map((id) => albumKey(caller, id));
  const { Responses = {} } = await documents.send(new BatchGetCommand({ RequestItems: { [tableName()]: { Keys } } }));
  return { status: 200, body: { albums: (Responses[tableName()] ?? []).map((item) => albumView(item as Album)) } };
}
