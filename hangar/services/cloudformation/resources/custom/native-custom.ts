// What the CDK's own custom resources are when they are run natively: a function of their properties and of API calls, on any target.

import { textOf } from "../../rules/text.ts";

/** One API call; on other targets an SDK client stands behind it. `region` as the resource's own when absent. */
export type CallApi = (
  service: string,
  operation: string,
  input: Readonly<Record<string, unknown>>,
  options?: { readonly region?: string | undefined; readonly roleArn?: string | undefined },
) => Promise<Readonly<Record<string, unknown>>>;

export type CustomProperties = Readonly<Record<string, unknown>>;

export type CustomRequest = {
  readonly type: "Create" | "Update" | "Delete";
  readonly properties: CustomProperties;
  readonly previous?: CustomProperties | undefined;
  /** Absent on Create. */
  readonly physicalId?: string | undefined;
  readonly logicalId: string;
  readonly stackId: string;
  readonly region: string;
  uniqueId(): string;
  /** Leads URLs that are built from AWS's host names to the endpoint. */
  reachable(text: string): string;
};

export type CustomAnswer = { readonly physicalId: string; readonly data: Readonly<Record<string, unknown>> };

export type NativeCustom = (request: CustomRequest, call: CallApi) => Promise<CustomAnswer>;

export function textAt(properties: CustomProperties | undefined, name: string): string {
  return textOf(properties?.[name]);
}

/** CloudFormation hands booleans over as text. */
export function flagAt(properties: CustomProperties | undefined, name: string, otherwise: boolean): boolean {
  const value = properties?.[name];
  return value === undefined ? otherwise : textOf(value).toLowerCase() === "true";
}

export function listAt(properties: CustomProperties | undefined, name: string): readonly unknown[] {
  const value = properties?.[name];
  return Array.isArray(value) ? value : [];
}

export function mapAt(properties: CustomProperties | undefined, name: string): CustomProperties {
  const value = properties?.[name];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as CustomProperties) : {};
}

/** Runs a call whose failure of the given kind means there is nothing to do. */
export async function unless(codes: RegExp, run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!codes.test(errorCode(error))) throw error;
  }
}

export function errorCode(error: unknown): string {
  if (typeof error !== "object" || error === null) return "";
  const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
  return typeof code === "string" ? code : textOf(name);
}

/** A streamed or whole body as bytes, whichever the caller's side gives. */
export async function bytesOf(body: unknown): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body;
  if (typeof body === "string") return new TextEncoder().encode(body);
  if (typeof body === "object" && body !== null && "transformToByteArray" in body)
    return (body as { transformToByteArray(): Promise<Uint8Array> }).transformToByteArray();
  const chunks: Uint8Array[] = [];
  if (typeof body === "object" && body !== null && Symbol.asyncIterator in body)
    for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
