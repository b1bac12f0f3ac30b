// Gives the value of a version of a secret. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html

import type { GetSecretValueInput, GetSecretValueOutput } from "../../../models/secretsmanager.d.ts";
import { invalidRequest, valueNotFound } from "../errors.ts";
import { liveSecret } from "../rules/find-secret.ts";
import { opened } from "../rules/sealed-value.ts";
import { CURRENT, type Secret, type SecretsContext, type Version, operation } from "../store.ts";

export const getSecretValue = operation<GetSecretValueInput, GetSecretValueOutput>(async (input, context) => {
  const secret = liveSecret(context, input.SecretId);
  const version = wanted(secret, input);
  if (version.value === undefined) throw valueNotFound(`VersionId: ${version.id}`);
  const bytes = await opened(context, secret, { value: version.value, versionId: version.id });
  touch(context, secret.name, version.id);
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: version.id,
    ...(version.kind === "string" ? { SecretString: Buffer.from(bytes).toString("utf8") } : { SecretBinary: bytes }),
    ...(version.stages.length === 0 ? {} : { VersionStages: version.stages }),
    CreatedDate: new Date(version.created),
  };
});

function wanted(secret: Secret, { VersionId, VersionStage }: GetSecretValueInput): Version {
  if (VersionId === undefined) {
    const stage = VersionStage ?? CURRENT;
    const version = secret.versions.find((each) => each.stages.includes(stage));
    if (version?.value === undefined) throw valueNotFound(`staging label: ${stage}`);
    return version;
  }
  const version = secret.versions.find((each) => each.id === VersionId);
  if (version === undefined) throw valueNotFound(`VersionId: ${VersionId}`);
  if (VersionStage !== undefined && !version.stages.includes(VersionStage))
    throw invalidRequest("You provided a VersionStage that is not associated to the provided VersionId.");
  return version;
}

/** AWS keeps the day only, so the row is written once a day. */
function touch(context: SecretsContext, name: string, versionId: string): void {
  const secret = context.store.secrets.get(name);
  const day = Math.floor(context.clock.now() / 86_400_000) * 86_400_000;
  const version = secret?.versions.find((each) => each.id === versionId);
  if (secret === undefined || version === undefined || (secret.accessed === day && version.accessed === day)) return;
  const versions = secret.versions.map((each) => (each.id === versionId ? { ...each, accessed: day } : each));
  context.store.secrets.put(name, { ...secret, accessed: day, versions });
}
