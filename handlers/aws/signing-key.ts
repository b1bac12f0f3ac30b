// The key that signs session tokens, read once per function instance.
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { setting } from "./environment.ts";

const secrets = new SecretsManagerClient({});
let known: string | undefined;

export async function signingKey(): Promise<string> {
  if (known !== undefined) return known;
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: setting("SIGNING_KEY") }));
  if (SecretString === undefined) throw new Error("The signing key is empty");
  known = SecretString;
  return known;
}
