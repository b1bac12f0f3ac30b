// The table of Secrets Manager: secrets with their versions.

import { operationsOn, table, type Context } from "../../cloud/operation.ts";

export type Tag = { readonly Key: string; readonly Value: string };

export type Version = {
  readonly id: string;
  readonly stages: readonly string[];
  /** Milliseconds. */
  readonly created: number;
  readonly accessed?: number | undefined;
  readonly kind: "string" | "binary";
  /** Sealed; undefined while a rotation has only announced the version. */
  readonly value?: string | undefined;
  readonly keyId: string;
};

export type RotationRules = {
  readonly AutomaticallyAfterDays?: number | undefined;
  readonly Duration?: string | undefined;
  readonly ScheduleExpression?: string | undefined;
};

export type Rotation = {
  readonly enabled: boolean;
  readonly lambda: string;
  readonly rules: RotationRules;
  readonly last?: number | undefined;
  readonly next?: number | undefined;
  readonly work?: string | undefined;
};

export type Secret = {
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly description?: string | undefined;
  readonly type?: string | undefined;
  /** As given; the account's own key when absent. */
  readonly keyId?: string | undefined;
  readonly tags: readonly Tag[];
  readonly versions: readonly Version[];
  readonly created: number;
  readonly changed: number;
  readonly accessed?: number | undefined;
  readonly policy?: string | undefined;
  readonly rotation?: Rotation | undefined;
  readonly deletion?: { readonly marked: number; readonly at: number; readonly work: string } | undefined;
};

export const tables = { secrets: table<Secret>() };

export type SecretsContext = Context<typeof tables>;

export const operation = operationsOn<typeof tables>();

export const CURRENT = "AWSCURRENT";
export const PREVIOUS = "AWSPREVIOUS";
export const PENDING = "AWSPENDING";
