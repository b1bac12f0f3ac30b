// `{{resolve:service:…}}` inside texts: found and filled in after all functions have been evaluated.

import { invalid } from "../errors.ts";
import { isObject } from "./template.ts";

export type DynamicReference =
  | { readonly service: "ssm" | "ssm-secure"; readonly name: string; readonly version: number | undefined }
  | {
      readonly service: "secretsmanager";
      readonly secretId: string;
      readonly jsonKey: string | undefined;
      readonly versionStage: string | undefined;
      readonly versionId: string | undefined;
    };

const PATTERN = /\{\{resolve:([a-z-]+):([^{}]*)\}\}/g;

function hasDynamicReference(text: string): boolean {
  return text.includes("{{resolve:");
}

/** Takes one apart; `rest` is what stands after the service's name. */
function parseDynamicReference(service: string, rest: string): DynamicReference {
  if (service === "ssm" || service === "ssm-secure") {
    const match = /^([a-zA-Z0-9_.\-/]+)(?::(\d+))?$/.exec(rest);
    if (match?.[1] === undefined)
      throw invalid(`Incorrect format is used in the following SSM reference: [{{resolve:${service}:${rest}}}]`);
    return { service, name: match[1], version: match[2] === undefined ? undefined : Number(match[2]) };
  }
  if (service === "secretsmanager") return secretReference(rest);
  throw invalid(
    `Invalid dynamic reference {{resolve:${service}:${rest}}}: Dynamic references are supported for ssm, ssm-secure and secretsmanager only.`,
  );
}

/** `id:SecretString:key:stage:version`; the id may itself be an ARN with colons. */
function secretReference(rest: string): DynamicReference {
  const parts = rest.split(":");
  const length = parts[0] === "arn" ? 7 : 1;
  const secretId = parts.slice(0, length).join(":");
  const [form, jsonKey, versionStage, versionId] = parts.slice(length);
  if (secretId === "" || (form !== undefined && form !== "" && form !== "SecretString"))
    throw invalid(
      `Incorrect format is used in the following Secrets Manager reference: [{{resolve:secretsmanager:${rest}}}]`,
    );
  const given = (part: string | undefined): string | undefined =>
    part === undefined || part === "" ? undefined : part;
  return {
    service: "secretsmanager",
    secretId,
    jsonKey: given(jsonKey),
    versionStage: given(versionStage),
    versionId: given(versionId),
  };
}

/** One field of a secret's JSON. */
export function secretField(
  secret: string,
  reference: { readonly secretId: string; readonly jsonKey: string | undefined },
): string {
  if (reference.jsonKey === undefined) return secret;
  let fields: unknown;
  try {
    fields = JSON.parse(secret);
  } catch {
    throw invalid(`Could not parse SecretString JSON`);
  }
  const value = isObject(fields) ? fields[reference.jsonKey] : undefined;
  if (value === undefined) throw invalid(`Could not find a value associated with JSONKey in SecretString`);
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The value with every dynamic reference filled in. Each distinct one is looked up once. */
export async function fillDynamicReferences(
  value: unknown,
  lookUp: (reference: DynamicReference) => Promise<string>,
): Promise<unknown> {
  const found = new Map<string, DynamicReference>();
  collect(value, found);
  if (found.size === 0) return value;
  const values = new Map<string, string>();
  await Promise.all([...found].map(async ([text, reference]) => values.set(text, await lookUp(reference))));
  return replaceIn(value, values);
}

function collect(value: unknown, found: Map<string, DynamicReference>): void {
  if (typeof value === "string") {
    if (hasDynamicReference(value))
      for (const match of value.matchAll(PATTERN))
        found.set(match[0], parseDynamicReference(match[1] ?? "", match[2] ?? ""));
  } else if (Array.isArray(value)) {
    for (const item of value) collect(item, found);
  } else if (isObject(value)) {
    for (const item of Object.values(value)) collect(item, found);
  }
}

function replaceIn(value: unknown, values: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string")
    return hasDynamicReference(value) ? value.replace(PATTERN, (whole) => values.get(whole) ?? whole) : value;
  if (Array.isArray(value)) return value.map((item) => replaceIn(item, values));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaceIn(item, values)]));
}
