// Finds an album of a user, or refuses: somebody else's album looks like none at all.
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { documents, tableName } from "../../aws/documents.ts";
import type { Album } from "../../domain/items.ts";
import { albumKey } from "../../domain/keys.ts";
import { Refusal } from "../../http/answer.ts";

export const noAlbum = (): Refusal => new Refusal(404, "There is no such album");

export async function findAlbum(caller: string, albumId: string): Promise<Album> {
  const { Item } = await documents.send(
    new GetCommand({ TableName: tableName(), Key: albumKey(caller, albumId), ConsistentRead: true }),
  );
  if (Item === undefined) throw noAlbum();
  return Item as Album;
}

/** An album as the API shows it: without the table's keys. */
export const albumView = ({ id, title, description, createdAt, updatedAt }: Album) => ({
  id,
  title,
  description,
  createdAt,
  updatedAt,
});
