// What a tagged ARN names, and how its tags are written.

import { notEmulated } from "../../../kernel/aws-error.ts";
import { functionNotFound, invalidParameter, notFound } from "../errors.ts";
import type { LambdaContext } from "../store.ts";
import { findCodeSigning } from "./code-signing.ts";

export type TagHolder = {
  readonly tags: Readonly<Record<string, string>>;
  write(tags: Readonly<Record<string, string>>): void;
};

export function tagHolder(context: LambdaContext, arn: string): TagHolder {
  const [, , , , , kind, name = "", qualifier] = arn.split(":");
  const { store } = context;
  if (kind === "event-source-mapping") {
    const mapping = store.mappings.get(name);
    if (mapping === undefined) throw notFound(`Event source mapping not found: ${arn}`);
    return { tags: mapping.tags, write: (tags) => store.mappings.put(name, { ...mapping, tags }) };
  }
  if (kind === "code-signing-config") {
    const row = findCodeSigning(context, arn);
    return { tags: row.tags, write: (tags) => store.codeSigning.put(row.id, { ...row, tags }) };
  }
  if (kind === "capacity-provider") throw notFound(`Capacity provider not found: ${arn}`);
  if (kind !== "function") throw notEmulated(`tags of ${arn}`);
  if (qualifier !== undefined)
    throw invalidParameter("Tags on function aliases and versions are not supported. Please specify a function ARN.");
  const row = store.functions.get(name);
  if (row === undefined) throw functionNotFound(arn);
  return { tags: row.tags, write: (tags) => store.functions.put(name, { ...row, tags }) };
}
