// Parameters and secrets that templates point to, read with the rights of whoever deploys.

import type { Caller, Context } from "../../../cloud/operation.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import type { Tables } from "../store.ts";
import { resourceFailure } from "./failure-reason.ts";

export type FoundParameter = { readonly value: string; readonly type: string };

/** Undefined when there is none. */
export async function readParameter(
  name: string,
  version: number | undefined,
  as: Caller,
  context: Context<Tables>,
): Promise<FoundParameter | undefined> {
  const Name = version === undefined ? name : `${name}:${version}`;
  const asked = context.ports.api.call(
    "ssm",
    "GetParameter",
    { Name, WithDecryption: true },
    { as, account: context.account, region: context.region },
  );
  const found = (await unlessGone(asked, ["ParameterNotFound", "ParameterVersionNotFound"])) as
    | { readonly Parameter?: { readonly Value?: string; readonly Type?: string } }
    | undefined;
  return found && { value: found.Parameter?.Value ?? "", type: found.Parameter?.Type ?? "String" };
}

type SecretName = {
  readonly secretId: string;
  readonly versionStage?: string | undefined;
  readonly versionId?: string | undefined;
};

export async function readSecret(name: SecretName, as: Caller, context: Context<Tables>): Promise<string> {
  const input = { SecretId: name.secretId, VersionStage: name.versionStage, VersionId: name.versionId };
  try {
    const { SecretString } = await context.ports.api.call("secretsmanager", "GetSecretValue", input, {
      as,
      account: context.account,
      region: context.region,
    });
    if (typeof SecretString === "string") return SecretString;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw resourceFailure(
      `${error.message} (Service: AWSSecretsManager; Status Code: ${error.status}; Error Code: ${error.code}; Request ID: ${context.ids.uuid()}; Proxy: null)`,
    );
  }
  throw resourceFailure(`The secret ${name.secretId} has no text: it is binary.`);
}
