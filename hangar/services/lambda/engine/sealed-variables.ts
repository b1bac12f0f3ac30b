// Variables under a customer's key: encrypted as the caller, decrypted as the function's role or as whoever looks.
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html

import type { Caller } from "../../../cloud/operation.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import { invalidParameter, kmsFailure } from "../errors.ts";
import { functionArn } from "../rules/function-name.ts";
import type { LambdaContext, VersionRow } from "../store.ts";

type Variables = Readonly<Record<string, string>>;
type Sealable = Pick<VersionRow, "name" | "role" | "kmsKeyArn" | "variables" | "sealedVariables">;

/** A row whose variables can be read, or that says why they cannot. */
export type ReadableVersion = VersionRow & {
  readonly variablesError?: { readonly ErrorCode: string; readonly Message: string };
};

/** The same row with its variables encrypted, when it has a key: the role gets a grant to decrypt them. */
export async function sealVariables<Row extends Sealable>(context: LambdaContext, row: Row): Promise<Row> {
  if (row.kmsKeyArn === undefined || row.variables === undefined) return { ...row, sealedVariables: undefined };
  const encryption = encryptionContext(context, row.name);
  try {
    await context.ports.api.call(
      "kms",
      "CreateGrant",
      {
        KeyId: row.kmsKeyArn,
        GranteePrincipal: row.role,
        Operations: ["Decrypt"],
        Constraints: { EncryptionContextEquals: encryption },
      },
      { as: { ...context.caller, via: "lambda.amazonaws.com" } },
    );
    const text = Buffer.from(JSON.stringify(row.variables));
    const { ciphertext } = await context.ports.keys.encrypt({ keyId: row.kmsKeyArn, context: encryption }, text);
    return { ...row, variables: undefined, sealedVariables: Buffer.from(ciphertext).toString("base64") };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw invalidParameter(
      `Lambda was unable to configure access to your environment variables because the KMS key is invalid for CreateGrant. Please check your KMS key settings. KMS Exception: ${error.code} KMS Message: ${error.message}`,
    );
  }
}

/** For an answer: as the caller, who may not be allowed to. */
export async function readable(context: LambdaContext, row: VersionRow): Promise<ReadableVersion> {
  if (row.sealedVariables === undefined) return row;
  try {
    return { ...row, variables: await open(context, row, { ...context.caller, via: "lambda.amazonaws.com" }) };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const Message = `Lambda was unable to decrypt your environment variables because the KMS access was denied. Please check your KMS permissions. KMS Exception: ${error.code} KMS Message: ${error.message}`;
    return { ...row, variablesError: { ErrorCode: error.code, Message } };
  }
}

/** For an environment: as the function's role. */
export async function variablesOf(context: LambdaContext, row: VersionRow): Promise<Variables> {
  if (row.sealedVariables === undefined) return row.variables ?? {};
  const role = context.ports.access.roleCaller(row.role, "lambda.amazonaws.com", row.name);
  try {
    return await open(context, row, { ...role, via: "lambda.amazonaws.com" });
  } catch (error) {
    throw error instanceof AwsError ? kmsFailure(error) : error;
  }
}

async function open(
  context: LambdaContext,
  { name, sealedVariables = "" }: VersionRow,
  as: Caller & { readonly via: string },
): Promise<Variables> {
  const answer = await context.ports.api.call(
    "kms",
    "Decrypt",
    { CiphertextBlob: Buffer.from(sealedVariables, "base64"), EncryptionContext: encryptionContext(context, name) },
    { as },
  );
  return JSON.parse(Buffer.from(answer["Plaintext"] as Uint8Array).toString("utf8")) as Variables;
}

function encryptionContext(context: LambdaContext, name: string): Readonly<Record<string, string>> {
  return { "aws:lambda:FunctionArn": functionArn(context, name) };
}
