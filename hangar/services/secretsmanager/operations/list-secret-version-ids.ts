// Lists the versions of a secret. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecretVersionIds.html

import type { ListSecretVersionIdsInput, ListSecretVersionIdsOutput } from "../../../models/secretsmanager.d.ts";
import { anySecret } from "../rules/find-secret.ts";
import { pageOf } from "../rules/pages.ts";
import { operation } from "../store.ts";

export const listSecretVersionIds = operation<ListSecretVersionIdsInput, ListSecretVersionIdsOutput>(
  (input, context) => {
    const secret = anySecret(context, input.SecretId);
    const versions = secret.versions.filter((version) => input.IncludeDeprecated === true || version.stages.length > 0);
    const { page, next } = pageOf(versions, input);
    const Versions = page.map(({ id, stages, created, accessed, keyId }) => ({
      VersionId: id,
      ...(stages.length === 0 ? {} : { VersionStages: stages }),
      ...(accessed === undefined ? {} : { LastAccessedDate: new Date(accessed) }),
      CreatedDate: new Date(created),
      KmsKeyIds: [keyId],
    }));
    return { Versions, ...next, ARN: secret.arn, Name: secret.name };
  },
);
