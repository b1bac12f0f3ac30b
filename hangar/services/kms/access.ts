// What each operation of KMS needs: the key's own policy decides, and grants beside it.

import type { AccessRule } from "../../cloud/service.ts";
import type { GrantConstraints } from "../../models/kms.d.ts";
import type { AccessNeed } from "../../ports/access.ts";
import { parseBlob } from "./rules/envelope.ts";
import { aliasesOf, keyIfAny } from "./rules/find-key.ts";
import { grantFor, grantsOf } from "./rules/grants.ts";
import type { Key, KmsContext, tables, Tag } from "./store.ts";

type Rule = AccessRule<typeof tables>;
type KeyInput = {
  readonly KeyId?: string;
  readonly EncryptionContext?: Readonly<Record<string, string>>;
  readonly Tags?: readonly Tag[];
};
type CiphertextInput = KeyInput & { readonly CiphertextBlob?: Uint8Array };

type Use = {
  readonly operation: string;
  readonly given: string;
  readonly encryptionContext?: Readonly<Record<string, string>> | undefined;
  readonly more?: Readonly<Record<string, string | readonly string[]>>;
};

function need(context: KmsContext, use: Use): AccessNeed {
  const action = `kms:${use.operation}`;
  const key = keyIfAny(context, use.given);
  if (key === undefined) return { action, resource: resourceNamed(context, use.given) };
  const encryptionContext = use.encryptionContext ?? {};
  const conditions = { ...conditionsOf(context, key, use), ...use.more };
  const grant = grantFor(grantsOf(context, key), { caller: context.caller, action: use.operation, encryptionContext });
  return {
    action,
    resource: key.arn,
    policy: grant === undefined ? key.policy : withGrant(key.policy, grant.grantee, action),
    conditions,
    owner: key.account,
  };
}

function resourceNamed({ region, account }: KmsContext, given: string): string {
  if (given.startsWith("arn:")) return given;
  return `arn:aws:kms:${region}:${account}:${given.startsWith("alias/") ? "" : "key/"}${given}`;
}

function conditionsOf(
  context: KmsContext,
  key: Key,
  { given, encryptionContext = {} }: Use,
): Record<string, string | readonly string[]> {
  const { caller, region } = context;
  const conditions: Record<string, string | readonly string[]> = {
    "kms:CallerAccount": caller.account,
    "kms:KeySpec": key.spec,
    "kms:KeyUsage": key.usage,
    "kms:KeyOrigin": "AWS_KMS",
    "kms:ResourceAliases": aliasesOf(context, key).map((alias) => alias.name),
  };
  const names = Object.keys(encryptionContext);
  if (names.length > 0) conditions["kms:EncryptionContextKeys"] = names;
  for (const [name, value] of Object.entries(encryptionContext)) conditions[`kms:EncryptionContext:${name}`] = value;
  if (caller.via !== undefined)
    conditions["kms:ViaService"] = `${caller.via.split(".")[0] ?? ""}.${region}.amazonaws.com`;
  if (given.includes("alias/")) conditions["kms:RequestAlias"] = given.slice(given.indexOf("alias/"));
  for (const { TagKey, TagValue } of key.tags) conditions[`aws:ResourceTag/${TagKey}`] = TagValue;
  return conditions;
}

function withGrant(policy: string, grantee: string, action: string): object {
  const document = JSON.parse(policy) as { readonly Statement: unknown };
  const statements = Array.isArray(document.Statement)
    ? (document.Statement as readonly unknown[])
    : [document.Statement];
  return {
    ...document,
    Statement: [
      ...statements,
      { Sid: "grant", Effect: "Allow", Principal: principalOf(grantee), Action: action, Resource: "*" },
    ],
  };
}

function principalOf(grantee: string): object {
  return grantee.endsWith(".amazonaws.com") ? { Service: grantee } : { AWS: grantee };
}

const onKey =
  (operation: string): Rule =>
  (input: KeyInput, context) => [
    need(context, { operation, given: input.KeyId ?? "", encryptionContext: input.EncryptionContext }),
  ];

/** The ciphertext names its key; an asymmetric one does not, and the caller has to. */
function keyOfCiphertext(blob: Uint8Array | undefined, given: string | undefined): string {
  if (given !== undefined) return given;
  try {
    return parseBlob(blob ?? new Uint8Array()).arn;
  } catch {
    return "";
  }
}

const KEY_OPERATIONS =
  "DescribeKey UpdateKeyDescription EnableKey DisableKey ScheduleKeyDeletion CancelKeyDeletion GetKeyPolicy PutKeyPolicy ListKeyPolicies EnableKeyRotation DisableKeyRotation GetKeyRotationStatus RotateKeyOnDemand ListKeyRotations UntagResource ListResourceTags ListGrants RevokeGrant Encrypt GenerateDataKey GenerateDataKeyWithoutPlaintext GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext Sign Verify GetPublicKey GenerateMac VerifyMac DeriveSharedSecret";

function tagConditions(tags: readonly Tag[] = []): Record<string, string | readonly string[]> {
  if (tags.length === 0) return {};
  return {
    "aws:TagKeys": tags.map((tag) => tag.TagKey),
    ...Object.fromEntries(tags.map((tag) => [`aws:RequestTag/${tag.TagKey}`, tag.TagValue])),
  };
}

function aliasNeed(operation: string, name: string, { region, account }: KmsContext): AccessNeed {
  return { action: `kms:${operation}`, resource: `arn:aws:kms:${region}:${account}:${name}` };
}

export const access: Readonly<Record<string, Rule>> = {
  ...Object.fromEntries(KEY_OPERATIONS.split(" ").map((operation) => [operation, onKey(operation)])),
  CreateKey: ({ Tags }: KeyInput) => [
    { action: "kms:CreateKey", resource: "*", conditions: tagConditions(Tags) },
    ...((Tags?.length ?? 0) > 0 ? [{ action: "kms:TagResource", resource: "*", conditions: tagConditions(Tags) }] : []),
  ],
  ListKeys: () => [{ action: "kms:ListKeys", resource: "*" }],
  ListAliases: () => [{ action: "kms:ListAliases", resource: "*" }],
  GenerateRandom: () => [{ action: "kms:GenerateRandom", resource: "*" }],
  ListRetirableGrants: () => [{ action: "kms:ListRetirableGrants", resource: "*" }],
  // Who may retire a grant is written in the grant.
  RetireGrant: () => [],
  TagResource: ({ KeyId = "", Tags }: KeyInput, context) => [
    need(context, { operation: "TagResource", given: KeyId, more: tagConditions(Tags) }),
  ],
  CreateGrant: (
    input: KeyInput & {
      readonly Operations: readonly string[];
      readonly GranteePrincipal?: string;
      readonly Constraints?: Pick<GrantConstraints, "EncryptionContextEquals" | "EncryptionContextSubset">;
    },
    context,
  ) => [
    need(context, {
      operation: "CreateGrant",
      given: input.KeyId ?? "",
      encryptionContext: input.Constraints?.EncryptionContextEquals ?? input.Constraints?.EncryptionContextSubset,
      more: {
        "kms:GrantOperations": input.Operations,
        "kms:GranteePrincipal": input.GranteePrincipal ?? "",
        "kms:GrantIsForAWSResource": String(context.caller.via !== undefined),
      },
    }),
  ],
  Decrypt: (input: CiphertextInput, context) => [
    need(context, {
      operation: "Decrypt",
      given: keyOfCiphertext(input.CiphertextBlob, input.KeyId),
      encryptionContext: input.EncryptionContext,
    }),
  ],
  ReEncrypt: (
    input: {
      readonly CiphertextBlob?: Uint8Array;
      readonly SourceKeyId?: string;
      readonly DestinationKeyId: string;
      readonly SourceEncryptionContext?: Readonly<Record<string, string>>;
      readonly DestinationEncryptionContext?: Readonly<Record<string, string>>;
    },
    context,
  ) => [
    need(context, {
      operation: "ReEncryptFrom",
      given: keyOfCiphertext(input.CiphertextBlob, input.SourceKeyId),
      encryptionContext: input.SourceEncryptionContext,
    }),
    need(context, {
      operation: "ReEncryptTo",
      given: input.DestinationKeyId,
      encryptionContext: input.DestinationEncryptionContext,
    }),
  ],
  CreateAlias: (input: { readonly AliasName: string; readonly TargetKeyId: string }, context) => [
    aliasNeed("CreateAlias", input.AliasName, context),
    need(context, { operation: "CreateAlias", given: input.TargetKeyId }),
  ],
  UpdateAlias: (input: { readonly AliasName: string; readonly TargetKeyId: string }, context) => [
    aliasNeed("UpdateAlias", input.AliasName, context),
    need(context, { operation: "UpdateAlias", given: input.TargetKeyId }),
  ],
  DeleteAlias: (input: { readonly AliasName: string }, context) => {
    const key = keyIfAny(context, input.AliasName);
    return [
      aliasNeed("DeleteAlias", input.AliasName, context),
      ...(key === undefined ? [] : [need(context, { operation: "DeleteAlias", given: key.arn })]),
    ];
  },
};
