// Creates a secret, usually with its first value. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html

import { notEmulated } from "../../../kernel/aws-error.ts";
import type { CreateSecretInput, CreateSecretOutput } from "../../../models/secretsmanager.d.ts";
import { invalidRequest, secretExists } from "../errors.ts";
import { checkName, putSecret } from "../rules/find-secret.ts";
import { putValue, tokenIn, valueIn } from "../rules/new-value.ts";
import { type Value } from "../rules/sealed-value.ts";
import { CURRENT, type Secret, type SecretsContext, operation } from "../store.ts";

export const createSecret = operation<CreateSecretInput, CreateSecretOutput>(async (input, context) => {
  const { Name, Tags = [] } = input;
  checkName(Name);
  if ((input.AddReplicaRegions?.length ?? 0) > 0) throw notEmulated("replicas of secrets (AddReplicaRegions)");
  const value = valueIn(input);
  const token = tokenIn(context, input.ClientRequestToken);
  const present = context.store.secrets.get(Name);
  if (present !== undefined) return again(context, present, { token, value });
  const { account, region, ids } = context;
  const now = context.clock.now();
  const secret: Secret = {
    name: Name,
    arn: `arn:aws:secretsmanager:${region}:${account}:secret:${Name}-${ids.alphanumeric(6)}`,
    account,
    description: input.Description,
    type: input.Type,
    keyId: input.KmsKeyId,
    tags: Tags.map(({ Key = "", Value = "" }) => ({ Key, Value })),
    versions: [],
    created: now,
    changed: now,
  };
  if (value === undefined) {
    putSecret(context, secret);
    return { ARN: secret.arn, Name };
  }
  const version = await putValue(context, secret, { token, value, stages: [CURRENT] });
  return { ARN: secret.arn, Name, VersionId: version.id };
});

/** The same request again is answered as before; any other finds the name taken. */
async function again(
  context: SecretsContext,
  secret: Secret,
  { token, value }: { token: string; value: Value | undefined },
): Promise<CreateSecretOutput> {
  if (secret.deletion !== undefined)
    throw invalidRequest(
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
  if (value === undefined || !secret.versions.some((version) => version.id === token)) throw secretExists(secret.name);
  const version = await putValue(context, secret, { token, value, stages: [CURRENT] });
  return { ARN: secret.arn, Name: secret.name, VersionId: version.id };
}
