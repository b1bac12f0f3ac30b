// The tables of Systems Manager: parameters with all their versions.

import { operationsOn, table, type Context } from "../../cloud/operation.ts";

export type Tag = { readonly Key: string; readonly Value: string };

export type ParameterVersion = {
  readonly version: number;
  /** Of a SecureString: the ciphertext in base64. */
  readonly value: string;
  readonly keyId?: string | undefined;
  readonly description?: string | undefined;
  readonly allowedPattern?: string | undefined;
  readonly tier: "Standard" | "Advanced";
  readonly dataType: string;
  /** Milliseconds. */
  readonly modified: number;
  readonly user: string;
  readonly labels: readonly string[];
};

export type ParameterType = "String" | "StringList" | "SecureString";

export type Parameter = {
  readonly Name: string;
  readonly Type: ParameterType;
  /** Oldest first; never empty. */
  readonly versions: readonly ParameterVersion[];
  readonly tags: readonly Tag[];
};

export const tables = { parameters: table<Parameter>() };

export type SsmContext = Context<typeof tables>;

export const operation = operationsOn<typeof tables>();

export function newestOf(parameter: Parameter): ParameterVersion {
  const newest = parameter.versions.at(-1);
  if (newest === undefined) throw new Error(`Parameter ${parameter.Name} has no version.`);
  return newest;
}
