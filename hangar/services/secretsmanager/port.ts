// What Secrets Manager gives other services: a secret's text.

import type { SecretsPort } from "../../ports/secrets.ts";
import { invalidRequest } from "./errors.ts";
import { getSecretValue } from "./operations/get-secret-value.ts";
import type { SecretsContext } from "./store.ts";

export function secretsPort(context: SecretsContext): SecretsPort {
  return {
    async value(secretId, options = {}) {
      const { SecretString } = await context.call(getSecretValue, {
        SecretId: secretId,
        VersionId: options.versionId,
        VersionStage: options.versionStage,
      });
      if (SecretString === undefined) throw invalidRequest(`The secret ${secretId} has no text: it is binary.`);
      return SecretString;
    },
  };
}
