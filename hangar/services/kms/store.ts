// The tables of KMS: keys with their material, aliases and grants.

import { operationsOn, table, type Context } from "../../cloud/operation.ts";

export type Tag = { readonly TagKey: string; readonly TagValue: string };

export type Usage = "ENCRYPT_DECRYPT" | "SIGN_VERIFY" | "GENERATE_VERIFY_MAC" | "KEY_AGREEMENT";

/** What a key computes with: 32 bytes, the bytes of an HMAC key, or a private key (PKCS #8), in base64. */
export type Material = { readonly id: string; readonly secret: string };

export type Rotation = { readonly at: number; readonly type: "AUTOMATIC" | "ON_DEMAND" };

export type Key = {
  readonly id: string;
  readonly arn: string;
  readonly account: string;
  /** Milliseconds. */
  readonly created: number;
  readonly description: string;
  readonly usage: Usage;
  readonly spec: string;
  readonly manager: "CUSTOMER" | "AWS";
  readonly state: "Enabled" | "Disabled" | "PendingDeletion";
  readonly multiRegion: boolean;
  readonly policy: string;
  readonly tags: readonly Tag[];
  /** Oldest first; the last one encrypts. */
  readonly material: readonly Material[];
  readonly rotations: readonly Rotation[];
  /** Automatic rotation, when enabled. */
  readonly rotation?: { readonly days: number; readonly next: number; readonly work: string } | undefined;
  readonly deletion?: { readonly at: number; readonly days: number; readonly work: string } | undefined;
};

export type Alias = {
  readonly name: string;
  readonly target: string;
  readonly created: number;
  readonly updated: number;
};

export type Grant = {
  readonly id: string;
  readonly token: string;
  readonly keyId: string;
  readonly name?: string | undefined;
  readonly grantee: string;
  readonly retiring?: string | undefined;
  readonly operations: readonly string[];
  readonly equals?: Readonly<Record<string, string>> | undefined;
  readonly subset?: Readonly<Record<string, string>> | undefined;
  readonly issuer: string;
  readonly created: number;
};

export const tables = { keys: table<Key>(), aliases: table<Alias>(), grants: table<Grant>() };

export type KmsContext = Context<typeof tables>;

export const operation = operationsOn<typeof tables>();
