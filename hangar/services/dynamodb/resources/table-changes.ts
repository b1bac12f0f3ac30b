// Brings a table from one set of properties to another, one UpdateTable at a time as DynamoDB allows.

import { handlerFailure, type Properties, type ResourceContext } from "../../../cloud/resource.ts";
import { applyKinesis } from "./kinesis-changes.ts";
import { applyInsights } from "./table-insights.ts";
import { bool, index, policyText, present, same, sse, stream, tags, throughput } from "./table-properties.ts";
import { readTable } from "./table-read.ts";

type Json = Readonly<Record<string, unknown>>;
type Call = (operation: string, input: Json) => Promise<Json>;

export type Change = {
  readonly name: string;
  readonly arn: string;
  readonly properties: Properties;
  readonly previous: Properties;
};

export function caller(context: ResourceContext): Call {
  const as = { ...context.caller, via: "cloudformation.amazonaws.com" };
  return (operation, input) => context.call("dynamodb", operation, input, { as });
}

export async function applyChanges(given: Change, context: ResourceContext): Promise<void> {
  const call = caller(context);
  const change = await fromWhatIs(given, call);
  checkIndexes(change);
  await applyCapacity(change, call);
  await applyIndexes(change, call);
  await applyStream(change, call);
  await applySettings(change, call);
  await applyTimeToLive(change, call);
  await applyKinesis(change, call);
  await applyRecovery(change, call);
  await applyInsights(given, call);
  await applyTags(change, context);
  await applyPolicies(change, call);
}

const READ = [
  "BillingMode",
  "ProvisionedThroughput",
  "OnDemandThroughput",
  "GlobalSecondaryIndexes",
  "StreamSpecification",
  "KinesisStreamSpecification",
  "TableClass",
  "DeletionProtectionEnabled",
  "TimeToLiveSpecification",
  "PointInTimeRecoverySpecification",
  "ResourcePolicy",
];

/** What is to change begins with what is: an update may have stopped halfway, or a hot swap have come before. */
async function fromWhatIs(change: Change, call: Call): Promise<Change> {
  const { name, properties, previous } = change;
  const changed = READ.filter((property) => !same(properties[property], previous[property]));
  if (changed.length === 0) return change;
  const actual = await readTable(name, call);
  const now = Object.fromEntries(changed.map((property) => [property, actual[property]]));
  const [{ ResourcePolicy }, stream] = [(previous["StreamSpecification"] ?? {}) as Json, now["StreamSpecification"]];
  if (stream !== undefined) now["StreamSpecification"] = present({ ...(stream as Json), ResourcePolicy });
  return { ...change, previous: { ...previous, ...now } };
}

/** What CloudFormation refuses before DynamoDB is asked. */
function checkIndexes({ properties, previous }: Change): void {
  const before = byName(previous["GlobalSecondaryIndexes"]);
  const after = byName(properties["GlobalSecondaryIndexes"]);
  for (const [IndexName, wanted] of after) {
    const old = before.get(IndexName);
    if (old !== undefined && !same(shapeOf(old), shapeOf(wanted)))
      throw handlerFailure(
        "Cannot update GSI's properties other than Provisioned Throughput and Contributor Insights Specification. You can create a new GSI with a different name.",
      );
  }
  const made = [...after.keys()].filter((name) => !before.has(name));
  const gone = [...before.keys()].filter((name) => !after.has(name));
  if (made.length + gone.length > 1)
    throw handlerFailure("Cannot perform more than one GSI creation or deletion in a single update");
}

function shapeOf({ KeySchema, Projection }: Json): unknown {
  const { ProjectionType = "ALL", NonKeyAttributes } = (Projection ?? {}) as Json;
  return [KeySchema, ProjectionType, [...((NonKeyAttributes ?? []) as readonly string[])].toSorted()];
}

function byName(value: unknown): ReadonlyMap<string, Json> {
  return new Map(((value ?? []) as readonly Json[]).map((each) => [String(each["IndexName"]), each]));
}

async function applyCapacity({ name, properties, previous }: Change, call: Call): Promise<void> {
  const mode = properties["BillingMode"] ?? "PROVISIONED";
  const modeChanged = mode !== (previous["BillingMode"] ?? "PROVISIONED");
  const units = mode === "PROVISIONED" ? throughput(properties["ProvisionedThroughput"]) : undefined;
  const unitsChanged =
    units !== undefined && (modeChanged || !same(units, throughput(previous["ProvisionedThroughput"])));
  if (!modeChanged && !unitsChanged) return;
  const before = byName(previous["GlobalSecondaryIndexes"]);
  const updates = [...byName(properties["GlobalSecondaryIndexes"])].flatMap(([IndexName, each]) =>
    modeChanged && mode === "PROVISIONED" && before.has(IndexName)
      ? [{ Update: { IndexName, ProvisionedThroughput: throughput(each["ProvisionedThroughput"]) } }]
      : [],
  );
  await call(
    "UpdateTable",
    present({
      TableName: name,
      BillingMode: modeChanged ? mode : undefined,
      ProvisionedThroughput: unitsChanged ? units : undefined,
      GlobalSecondaryIndexUpdates: updates.length > 0 ? updates : undefined,
    }),
  );
}

async function applyIndexes({ name, properties, previous }: Change, call: Call): Promise<void> {
  const before = byName(previous["GlobalSecondaryIndexes"]);
  const after = byName(properties["GlobalSecondaryIndexes"]);
  const update = (action: Json): Promise<Json> =>
    call("UpdateTable", {
      TableName: name,
      AttributeDefinitions: properties["AttributeDefinitions"],
      GlobalSecondaryIndexUpdates: [action],
    });
  for (const IndexName of before.keys()) if (!after.has(IndexName)) await update({ Delete: { IndexName } });
  for (const [IndexName, wanted] of after) {
    const old = before.get(IndexName);
    if (old === undefined) await update({ Create: index(wanted) });
    else if (!same(index(old), index(wanted))) {
      const [was, is] = [index(old), index(wanted)];
      const sameMode = properties["BillingMode"] === previous["BillingMode"];
      // Throughput that stays as it is would be refused; with the mode it was changed already.
      const names = ["OnDemandThroughput", "WarmThroughput", ...(sameMode ? ["ProvisionedThroughput"] : [])];
      const changes = names.filter((each) => is[each] !== undefined && !same(was[each], is[each]));
      if (changes.length > 0)
        await update({ Update: { IndexName, ...Object.fromEntries(changes.map((each) => [each, is[each]])) } });
    }
  }
}

async function applyStream({ name, properties, previous }: Change, call: Call): Promise<void> {
  const [before, after] = [stream(previous["StreamSpecification"]), stream(properties["StreamSpecification"])];
  if (same(before, after)) return;
  if (before !== undefined)
    await call("UpdateTable", { TableName: name, StreamSpecification: { StreamEnabled: false } });
  if (after !== undefined) await call("UpdateTable", { TableName: name, StreamSpecification: after });
}

async function applySettings({ name, properties, previous }: Change, call: Call): Promise<void> {
  const changed = (property: string): boolean => !same(properties[property], previous[property]);
  const settings = present({
    TableClass: changed("TableClass") ? (properties["TableClass"] ?? "STANDARD") : undefined,
    DeletionProtectionEnabled: changed("DeletionProtectionEnabled")
      ? bool(properties["DeletionProtectionEnabled"])
      : undefined,
    OnDemandThroughput: changed("OnDemandThroughput") ? properties["OnDemandThroughput"] : undefined,
    WarmThroughput: changed("WarmThroughput") ? properties["WarmThroughput"] : undefined,
    SSESpecification: changed("SSESpecification")
      ? (sse(properties["SSESpecification"]) ?? { Enabled: false })
      : undefined,
  });
  // DynamoDB takes each of them alone.
  for (const [setting, value] of Object.entries(settings))
    await call("UpdateTable", { TableName: name, [setting]: value });
}

async function applyTimeToLive({ name, properties, previous }: Change, call: Call): Promise<void> {
  const read = (value: unknown): Json | undefined => {
    const { Enabled, AttributeName } = (value ?? {}) as Json;
    return bool(Enabled) ? { Enabled: true, AttributeName } : undefined;
  };
  const [before, after] = [read(previous["TimeToLiveSpecification"]), read(properties["TimeToLiveSpecification"])];
  if (same(before, after)) return;
  // DynamoDB refuses another attribute while one is in use: CloudFormation says as much of the property.
  if (after !== undefined) await call("UpdateTimeToLive", { TableName: name, TimeToLiveSpecification: after });
  else await call("UpdateTimeToLive", { TableName: name, TimeToLiveSpecification: { ...before, Enabled: false } });
}

async function applyRecovery({ name, properties, previous }: Change, call: Call): Promise<void> {
  const [before, after] = [
    previous["PointInTimeRecoverySpecification"],
    properties["PointInTimeRecoverySpecification"],
  ] as (Json | undefined)[];
  if (same(before, after)) return;
  const days = after?.["RecoveryPeriodInDays"];
  const specification = present({
    PointInTimeRecoveryEnabled: bool(after?.["PointInTimeRecoveryEnabled"]),
    RecoveryPeriodInDays: days === undefined ? undefined : Number(days),
  });
  await call("UpdateContinuousBackups", { TableName: name, PointInTimeRecoverySpecification: specification });
}

async function applyTags({ arn, properties, previous }: Change, context: ResourceContext): Promise<void> {
  const before = tags(previous, context);
  const after = tags(properties, context);
  if (same(before, after)) return;
  const gone = before.filter((tag) => !after.some(({ Key }) => Key === tag.Key)).map(({ Key }) => Key);
  const call = caller(context);
  if (gone.length > 0) await call("UntagResource", { ResourceArn: arn, TagKeys: gone });
  if (after.length > 0) await call("TagResource", { ResourceArn: arn, Tags: after });
}

async function applyPolicies({ name, arn, properties, previous }: Change, call: Call): Promise<void> {
  await applyPolicy(arn, [policyText(previous["ResourcePolicy"]), policyText(properties["ResourcePolicy"])], call);
  const stream = (of: Properties): Json => (of["StreamSpecification"] ?? {}) as Json;
  const after = policyText(stream(properties)["ResourcePolicy"]);
  // A stream that was made anew has none yet.
  const anew = stream(previous)["StreamViewType"] !== stream(properties)["StreamViewType"];
  const before = anew ? undefined : policyText(stream(previous)["ResourcePolicy"]);
  if (before === after) return;
  const { Table } = await call("DescribeTable", { TableName: name });
  await applyPolicy(String((Table as Json)["LatestStreamArn"]), [before, after], call);
}

async function applyPolicy(
  ResourceArn: string,
  [before, after]: readonly (string | undefined)[],
  call: Call,
): Promise<void> {
  if (before === after) return;
  if (after === undefined) await call("DeleteResourcePolicy", { ResourceArn });
  else await call("PutResourcePolicy", { ResourceArn, Policy: after });
}
