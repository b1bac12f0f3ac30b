// Finds what an ARN of a tag or policy call names: a table, or its stream.

import { parseArn } from "../../../kernel/arn.ts";
import { resourceNamedNotFound, validation } from "../errors.ts";
import type { DynamoContext, DynamoStore, TableRow } from "../store.ts";

export type FoundResource = {
  readonly table: TableRow;
  readonly store: DynamoStore;
  readonly kind: "table" | "stream";
};

export function findResource(context: DynamoContext, arn: string): FoundResource {
  const parsed = parseArn(arn);
  const [type, name, part] = parsed?.resource.split("/") ?? [];
  if (parsed?.service !== "dynamodb" || type !== "table" || name === undefined || name === "")
    throw validation(`Invalid TableArn: Invalid ResourceArn provided as input ${arn}`);
  const store = context.storeAt(parsed.account, parsed.region);
  const table = store.tables.get(name);
  if (table === undefined || (part === "stream" && table.stream?.arn !== arn))
    throw resourceNamedNotFound(`ResourcArn: ${arn}`);
  return { table, store, kind: part === "stream" ? "stream" : "table" };
}
