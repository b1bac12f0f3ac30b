// CloudFormation's words for a table, turned into DynamoDB's.

import type { Properties, ResourceContext } from "../../../cloud/resource.ts";

type Json = Readonly<Record<string, unknown>>;
export type Tag = { readonly Key: string; readonly Value: string };

/** Templates may write numbers and booleans as text. */
export function bool(value: unknown): boolean {
  return value === true || value === "true";
}

function number(value: unknown): number | undefined {
  return value === undefined ? undefined : Number(value);
}

function mapped<Result>(value: unknown, each: (item: Json) => Result): Result[] | undefined {
  return Array.isArray(value) && value.length > 0 ? (value as Json[]).map(each) : undefined;
}

export function throughput(value: unknown): Json | undefined {
  if (value === undefined) return undefined;
  const { ReadCapacityUnits, WriteCapacityUnits } = value as Json;
  return { ReadCapacityUnits: number(ReadCapacityUnits), WriteCapacityUnits: number(WriteCapacityUnits) };
}

function numbers(value: unknown): Json | undefined {
  return value === undefined
    ? undefined
    : Object.fromEntries(Object.entries(value as Json).map(([name, each]) => [name, number(each)]));
}

export function index(value: Json): Json {
  const { IndexName, KeySchema, Projection, ProvisionedThroughput, OnDemandThroughput, WarmThroughput } = value;
  return present({
    IndexName,
    KeySchema,
    Projection,
    ProvisionedThroughput: throughput(ProvisionedThroughput),
    OnDemandThroughput: numbers(OnDemandThroughput),
    WarmThroughput: numbers(WarmThroughput),
  });
}

function indexes(value: unknown): Json[] | undefined {
  return mapped(value, index);
}

export function sse(value: unknown): Json | undefined {
  if (value === undefined) return undefined;
  const { SSEEnabled, SSEType, KMSMasterKeyId } = value as Json;
  return present({ Enabled: bool(SSEEnabled), SSEType, KMSMasterKeyId });
}

export function stream(value: unknown): Json | undefined {
  return value === undefined ? undefined : { StreamEnabled: true, StreamViewType: (value as Json)["StreamViewType"] };
}

export function policyText(value: unknown): string | undefined {
  const document = (value as Json | undefined)?.["PolicyDocument"];
  return document === undefined ? undefined : typeof document === "string" ? document : JSON.stringify(document);
}

/** The resource's own tags win over the stack's. */
export function tags(properties: Properties, context: ResourceContext): Tag[] {
  const own = (properties["Tags"] ?? []) as readonly Tag[];
  const all = new Map([...context.tags, ...own].map(({ Key, Value }) => [Key, { Key, Value }]));
  return [...all.values()];
}

export function createInput(name: string, properties: Properties, context: ResourceContext): Json {
  const given = tags(properties, context);
  return present({
    TableName: name,
    AttributeDefinitions: properties["AttributeDefinitions"],
    KeySchema: properties["KeySchema"],
    BillingMode: properties["BillingMode"],
    ProvisionedThroughput: throughput(properties["ProvisionedThroughput"]),
    LocalSecondaryIndexes: indexes(properties["LocalSecondaryIndexes"]),
    GlobalSecondaryIndexes: indexes(properties["GlobalSecondaryIndexes"]),
    StreamSpecification: stream(properties["StreamSpecification"]),
    SSESpecification: sse(properties["SSESpecification"]),
    TableClass: properties["TableClass"],
    DeletionProtectionEnabled:
      properties["DeletionProtectionEnabled"] === undefined ? undefined : bool(properties["DeletionProtectionEnabled"]),
    OnDemandThroughput: numbers(properties["OnDemandThroughput"]),
    WarmThroughput: numbers(properties["WarmThroughput"]),
    ResourcePolicy: policyText(properties["ResourcePolicy"]),
    Tags: given.length === 0 ? undefined : given,
  });
}

/** Without members that are undefined. */
export function present(value: Json): Json {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
}

/** Members in whatever order, and numbers and booleans as text or not. */
export function same(left: unknown, right: unknown): boolean {
  return plain(left) === plain(right);
}

function plain(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(plain).join()}]`;
  if (value === undefined || value === null) return "";
  if (typeof value !== "object") return JSON.stringify(String(value as string | number | boolean));
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${plain(member)}`)
    .join()}}`;
}
