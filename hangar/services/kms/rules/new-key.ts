// Keys as they come into being: a customer's and AWS's own.

import type { KeyMetadata } from "../../../models/kms.d.ts";
import type { Key, KmsContext } from "../store.ts";
import { specFacts } from "./key-specs.ts";
import { symmetricMaterial } from "./material.ts";

export function defaultPolicy(account: string): string {
  const statement = {
    Sid: "Enable IAM User Permissions",
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: "kms:*",
    Resource: "*",
  };
  return JSON.stringify({ Version: "2012-10-17", Id: "key-default-1", Statement: [statement] });
}

type ManagedPlace = { readonly account: string; readonly region: string; readonly alias: string };

/** `alias/aws/s3`: everybody in the account may use it, through the service only. */
export function managedKey(context: KmsContext, { account, region, alias }: ManagedPlace): Key {
  const service = alias.slice("alias/aws/".length);
  const id = context.ids.uuid();
  const through = {
    StringEquals: { "kms:CallerAccount": account, "kms:ViaService": `${service}.${region}.amazonaws.com` },
  };
  const policy = {
    Version: "2012-10-17",
    Id: `auto-${service}-1`,
    Statement: [
      {
        Sid: `Allow access through ${service} for all principals in the account that are authorized to use ${service}`,
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: [
          "kms:Encrypt",
          "kms:Decrypt",
          "kms:ReEncrypt*",
          "kms:GenerateDataKey*",
          "kms:CreateGrant",
          "kms:DescribeKey",
        ],
        Resource: "*",
        Condition: through,
      },
      {
        Sid: "Allow direct access to key metadata to the account",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: ["kms:Describe*", "kms:Get*", "kms:List*"],
        Resource: "*",
      },
    ],
  };
  const now = context.clock.now();
  const key: Key = {
    id,
    arn: `arn:aws:kms:${region}:${account}:key/${id}`,
    account,
    created: now,
    description: `Default key that protects my ${service === "s3" ? "S3 objects" : `${service} data`} when no other key is defined`,
    usage: "ENCRYPT_DECRYPT",
    spec: "SYMMETRIC_DEFAULT",
    manager: "AWS",
    state: "Enabled",
    multiRegion: false,
    policy: JSON.stringify(policy),
    tags: [],
    material: [symmetricMaterial(context.ids)],
    rotations: [],
  };
  const store = context.storeAt(account, region);
  store.keys.put(id, key);
  store.aliases.put(alias, { name: alias, target: id, created: now, updated: now });
  return key;
}

export function metadataOf(key: Key): KeyMetadata {
  const facts = specFacts(key.spec);
  const region = key.arn.split(":")[3] ?? "";
  return {
    AWSAccountId: key.account,
    KeyId: key.id,
    Arn: key.arn,
    CreationDate: new Date(key.created),
    Enabled: key.state === "Enabled",
    Description: key.description,
    KeyUsage: key.usage,
    KeyState: key.state,
    ...(key.deletion === undefined ? {} : { DeletionDate: new Date(key.deletion.at) }),
    Origin: "AWS_KMS",
    KeyManager: key.manager,
    CustomerMasterKeySpec: key.spec,
    KeySpec: key.spec,
    ...(key.usage === "ENCRYPT_DECRYPT" ? { EncryptionAlgorithms: facts?.encryption ?? [] } : {}),
    ...(key.usage === "SIGN_VERIFY" ? { SigningAlgorithms: facts?.signing ?? [] } : {}),
    ...(key.usage === "KEY_AGREEMENT" ? { KeyAgreementAlgorithms: ["ECDH"] } : {}),
    ...(key.usage === "GENERATE_VERIFY_MAC" ? { MacAlgorithms: facts?.mac ?? [] } : {}),
    MultiRegion: key.multiRegion,
    ...(key.multiRegion
      ? {
          MultiRegionConfiguration: {
            MultiRegionKeyType: "PRIMARY",
            PrimaryKey: { Arn: key.arn, Region: region },
            ReplicaKeys: [],
          },
        }
      : {}),
    ...(key.spec === "SYMMETRIC_DEFAULT" ? { CurrentKeyMaterialId: key.material.at(-1)?.id } : {}),
  };
}
