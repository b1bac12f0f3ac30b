// Functions that send messages instead of Cognito: each is told the code, sealed under the pool's key, and not waited for.
// https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-sender-triggers.html

import { AwsError } from "../../../kernel/aws-error.ts";
import { invalidParameter, lambdaNotInvoked } from "../errors.ts";
import type { CognitoContext, Place, PoolRow, UserRow } from "../store.ts";
import { sealedMessage, signingPair } from "./encryption-sdk.ts";
import type { Message } from "./messages.ts";
import { asPool, eventOf, toldAttributes } from "./triggers.ts";

type Sender = { readonly name: "CustomSMSSender" | "CustomEmailSender"; readonly arn: string };

export function senderOf({ settings }: PoolRow, medium: Message["medium"]): Sender | undefined {
  const name = medium === "SMS" ? "CustomSMSSender" : "CustomEmailSender";
  const arn = settings.LambdaConfig?.[name]?.LambdaArn;
  return arn === undefined ? undefined : { name, arn };
}

export async function handOver(place: Place, user: UserRow, message: Message, { name, arn }: Sender): Promise<void> {
  const { kind, client, metadata, medium } = message;
  try {
    const code = await sealed(
      place,
      medium === "EMAIL" && kind === "AdminCreateUser" ? escaped(message.code) : message.code,
    );
    const event = eventOf(place, {
      version: "1",
      source: `${name}_${kind}`,
      username: user.username,
      client,
      request: {
        type: medium === "SMS" ? "customSMSSenderRequestV1" : "customEmailSenderRequestV1",
        code,
        clientMetadata: metadata ?? null,
        userAttributes: toldAttributes(user),
      },
    });
    await place.context.ports.functions.invokeLater(arn, JSON.stringify(event), asPool(place));
  } catch (error) {
    if (!(error instanceof AwsError) || error.code === "NotEmulated") throw error;
    throw lambdaNotInvoked(name, error.code);
  }
}

/** As AWS sends temporary passwords to functions that send mail. */
function escaped(password: string): string {
  return password.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

async function sealed(place: Place, code: string): Promise<string> {
  const { pool, context } = place;
  const pair = signingPair();
  const encryptionContext = { ...pair.context, ...contextOf(pool) };
  const made = await context.ports.api.call(
    "kms",
    "GenerateDataKey",
    { KeyId: pool.settings.LambdaConfig?.KMSKeyID, KeySpec: "AES_256", EncryptionContext: encryptionContext },
    { as: asPool(place), account: pool.account, region: pool.region },
  );
  const { KeyId, Plaintext, CiphertextBlob } = made as { KeyId: string } & Record<string, Uint8Array>;
  const dataKey = { plaintext: Plaintext as Uint8Array, encrypted: CiphertextBlob as Uint8Array, keyArn: KeyId };
  const messageId = context.ids.bytes(16);
  return sealedMessage(code, { dataKey, pair, context: encryptionContext, messageId }).toString("base64");
}

function contextOf({ id }: Pick<PoolRow, "id">): Readonly<Record<string, string>> {
  return { "userpool-id": id };
}

/** Whoever gives a pool its key lets Cognito use it: with a grant, which they must be allowed to create. */
export async function grantKey(context: CognitoContext, pool: PoolRow): Promise<void> {
  const { CustomSMSSender, CustomEmailSender, KMSKeyID } = pool.settings.LambdaConfig ?? {};
  if (KMSKeyID === undefined) {
    if (CustomSMSSender === undefined && CustomEmailSender === undefined) return;
    throw invalidParameter("A KMSKeyID is required for CustomSMSSender and CustomEmailSender.");
  }
  const grant = {
    KeyId: KMSKeyID,
    Name: `cognito-idp-${pool.id}`,
    GranteePrincipal: "cognito-idp.amazonaws.com",
    Operations: ["GenerateDataKey"],
    Constraints: { EncryptionContextSubset: contextOf(pool) },
  };
  try {
    await context.ports.api.call("kms", "CreateGrant", grant, {
      as: { ...context.caller, via: "cognito-idp.amazonaws.com" },
    });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw invalidParameter(`Cognito cannot use the KMS key ${KMSKeyID}: ${error.code}: ${error.message}`);
  }
}
