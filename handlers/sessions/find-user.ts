// Finds a user: an item of the table, or the demo user that an SSM parameter may describe.
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { documents, tableName } from "../aws/documents.ts";
import { setting } from "../aws/environment.ts";
import { userKey } from "../domain/keys.ts";
import { parameter } from "./parameter.ts";
import type { PasswordHash } from "./password.ts";

export async function findUser(user: string): Promise<PasswordHash | undefined> {
  const { Item } = await documents.send(
    new GetCommand({ TableName: tableName(), Key: userKey(user), ConsistentRead: true }),
  );
  if (Item !== undefined) return Item["password"] as PasswordHash;
  const demo = await parameter(setting("DEMO_USER"));
  if (demo === undefined) return undefined;
  const { user: name, password } = JSON.parse(demo) as { readonly user: string; readonly password: PasswordHash };
  return name === user ? password : undefined;
}
