// Lists secrets without their values. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html

import type { ListSecretsInput, ListSecretsOutput } from "../../../models/secretsmanager.d.ts";
import { describe } from "../rules/description.ts";
import { meetsAll } from "../rules/list-filters.ts";
import { pageOf } from "../rules/pages.ts";
import { operation } from "../store.ts";

export const listSecrets = operation<ListSecretsInput, ListSecretsOutput>((input, context) => {
  const { Filters = [], IncludePlannedDeletion = false, SortOrder = "desc" } = input;
  const found = [...context.store.secrets.rows()].filter(
    (secret) => (IncludePlannedDeletion || secret.deletion === undefined) && meetsAll(secret, Filters),
  );
  const sorted = found.sort((left, right) =>
    SortOrder === "asc" ? left.created - right.created : right.created - left.created,
  );
  const { page, next } = pageOf(sorted, input);
  const SecretList = page.map((secret) => {
    const { VersionIdsToStages, ReplicationStatus: _replicas, ...shown } = describe(secret);
    return { ...shown, ...(VersionIdsToStages === undefined ? {} : { SecretVersionsToStages: VersionIdsToStages }) };
  });
  return { SecretList, ...next };
});
