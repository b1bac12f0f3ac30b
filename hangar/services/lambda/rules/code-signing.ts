// Code signing configurations: how they are found and answered, and what Enforce refuses.

import type { CodeSigningConfig } from "../../../models/lambda.d.ts";
import { codeSigningNotFound, codeVerificationFailed, signingConfigNotFound } from "../errors.ts";
import type { CodeSigningRow, FunctionRow, LambdaContext } from "../store.ts";
import { awsTimestamp } from "./configuration.ts";
import { functionArn, type Place } from "./function-name.ts";

export function codeSigningAnswer(row: CodeSigningRow, place: Place): CodeSigningConfig {
  return {
    CodeSigningConfigId: row.id,
    CodeSigningConfigArn: codeSigningArn(row, place),
    Description: row.description,
    AllowedPublishers: { SigningProfileVersionArns: row.publishers },
    CodeSigningPolicies: { UntrustedArtifactOnDeployment: row.untrusted },
    LastModified: awsTimestamp(row.modifiedAt),
  };
}

function codeSigningArn({ id }: CodeSigningRow, { region, account }: Place): string {
  return `arn:aws:lambda:${region}:${account}:code-signing-config:${id}`;
}

function codeSigningAt(context: LambdaContext, arn: string): CodeSigningRow | undefined {
  const row = context.store.codeSigning.get(arn.slice(arn.lastIndexOf(":") + 1));
  return row !== undefined && codeSigningArn(row, context) === arn ? row : undefined;
}

/** Of calls about a configuration. */
export function findCodeSigning(context: LambdaContext, arn: string): CodeSigningRow {
  const row = codeSigningAt(context, arn);
  if (row === undefined) throw signingConfigNotFound(arn);
  return row;
}

/** Of calls about a function, which has another error. */
export function checkCodeSigningArn(context: LambdaContext, arn: string): CodeSigningRow {
  const row = codeSigningAt(context, arn);
  if (row === undefined) throw codeSigningNotFound(arn);
  return row;
}

export function functionsSignedBy(context: LambdaContext, arn: string): FunctionRow[] {
  return [...context.store.functions.rows()].filter((row) => row.codeSigningConfig === arn);
}

/** No archive here is signed: there is no AWS Signer, and its signatures are not looked for. */
export function checkSignature(context: LambdaContext, name: string, arn: string | undefined): void {
  if (arn !== undefined && checkCodeSigningArn(context, arn).untrusted === "Enforce")
    throw codeVerificationFailed(functionArn(context, name));
}
