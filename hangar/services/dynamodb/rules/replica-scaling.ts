// Auto scaling settings of global tables: checked in AWS's words, kept and shown. Nothing scales here.

import type {
  AutoScalingSettingsDescription,
  AutoScalingSettingsUpdate,
  ReplicaAutoScalingDescription,
  UpdateTableReplicaAutoScalingInput,
} from "../../../models/dynamodb.d.ts";
import { validation } from "../errors.ts";
import type { TableRow } from "../store.ts";

/** `region` undefined: of all replicas. */
export type ScalingChange = {
  readonly kind: "Read" | "Write";
  readonly index?: string | undefined;
  readonly region?: string | undefined;
  readonly settings: AutoScalingSettingsUpdate;
};

const NEVER_SET: AutoScalingSettingsDescription = { AutoScalingDisabled: true, ScalingPolicies: [] };

export function scalingKey({ kind, index }: Pick<ScalingChange, "kind" | "index">): string {
  return index === undefined ? kind : `${kind}/${index}`;
}

export function describeScaling(table: TableRow): ReplicaAutoScalingDescription {
  const of = (kind: "Read" | "Write", index?: string): AutoScalingSettingsDescription =>
    table.scaling?.[scalingKey({ kind, index })] ?? NEVER_SET;
  return {
    RegionName: table.region,
    GlobalSecondaryIndexes: table.indexes
      .filter((index) => index.global)
      .map(({ name }) => ({
        IndexName: name,
        IndexStatus: "ACTIVE",
        ProvisionedReadCapacityAutoScalingSettings: of("Read", name),
        ProvisionedWriteCapacityAutoScalingSettings: of("Write", name),
      })),
    ReplicaProvisionedReadCapacityAutoScalingSettings: of("Read"),
    ReplicaProvisionedWriteCapacityAutoScalingSettings: of("Write"),
    ReplicaStatus: "ACTIVE",
  };
}

export function readScaling(input: UpdateTableReplicaAutoScalingInput, name: string): readonly ScalingChange[] {
  const failed = `Failed to update settings for global table with name: ‘${name}’`;
  const regions = (input.ReplicaUpdates ?? []).map((update) => update.RegionName);
  const twice = regions.filter((region, at) => regions.indexOf(region) !== at);
  if (twice.length > 0)
    throw validation(
      `${failed} because the regions: ‘[${[...new Set(twice)].join(", ")}]’ were specified more than once.`,
    );
  const changes = (input.ReplicaUpdates ?? []).flatMap((update) => {
    const own = readsOf(update);
    if (own.length === 0)
      throw validation(
        `${failed} because at least one update parameter must be specified for region: ‘${update.RegionName}’.`,
      );
    return own;
  });
  const all = [...writesOf(input), ...changes];
  if (all.length === 0) throw validation(`${failed} because at least one update parameter must be specified.`);
  return all;
}

function writesOf(input: UpdateTableReplicaAutoScalingInput): ScalingChange[] {
  const table = input.ProvisionedWriteCapacityAutoScalingUpdate;
  return [
    ...(table === undefined ? [] : [{ kind: "Write" as const, settings: table }]),
    ...(input.GlobalSecondaryIndexUpdates ?? []).flatMap(
      ({ IndexName: index, ProvisionedWriteCapacityAutoScalingUpdate: settings }) =>
        settings === undefined ? [] : [{ kind: "Write" as const, index, settings }],
    ),
  ];
}

function readsOf(update: NonNullable<UpdateTableReplicaAutoScalingInput["ReplicaUpdates"]>[number]): ScalingChange[] {
  const region = update.RegionName;
  const table = update.ReplicaProvisionedReadCapacityAutoScalingUpdate;
  return [
    ...(table === undefined ? [] : [{ kind: "Read" as const, region, settings: table }]),
    ...(update.ReplicaGlobalSecondaryIndexUpdates ?? []).flatMap(
      ({ IndexName: index, ProvisionedReadCapacityAutoScalingUpdate: settings }) =>
        settings === undefined ? [] : [{ kind: "Read" as const, index, region, settings }],
    ),
  ];
}

/** Undefined: scaling is off. `requestId` stands in what Application Auto Scaling says. */
export function newScaling(
  { kind, index, settings }: ScalingChange,
  { name, account }: TableRow,
  requestId: string,
): AutoScalingSettingsDescription | undefined {
  const given = ["MaximumUnits", "ScalingPolicyUpdate", "MinimumUnits"] as const;
  if (settings.AutoScalingDisabled === true) {
    const set = given.filter((member) => settings[member] !== undefined);
    if (set.length > 0)
      throw validation(
        `Failed to update settings for global table with name ‘${name}’: Parameters ${quoted(set)} must be left blank when disabling auto scaling.`,
      );
    return undefined;
  }
  const { MinimumUnits, MaximumUnits, ScalingPolicyUpdate: policy } = settings;
  if (MinimumUnits === undefined || MaximumUnits === undefined || policy === undefined)
    throw validation(
      `Failed to update settings for global table with name: ‘${name}’: Parameters ${quoted(given.filter((member) => settings[member] === undefined))} are required unless auto scaling is being disabled.`,
    );
  const { TargetTrackingScalingPolicyConfiguration } = policy;
  const wrong =
    wrongUnits(MinimumUnits, MaximumUnits) ?? wrongTarget(kind, TargetTrackingScalingPolicyConfiguration.TargetValue);
  const role = `arn:aws:iam::${account}:role/aws-service-role/dynamodb.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_DynamoDBTable`;
  const refused = wrong ?? wrongRole(account, role, settings.AutoScalingRoleArn);
  if (refused !== undefined)
    throw validation(
      `${refused} (Service: AWSApplicationAutoScaling; Status Code: 400; Error Code: ValidationException; Request ID: ${requestId}; Proxy: null)`,
    );
  const resource = index === undefined ? `table/${name}` : `table/${name}/index/${index}`;
  const PolicyName = policy.PolicyName ?? `DynamoDB${kind}CapacityUtilization:${resource}`;
  return {
    MinimumUnits,
    MaximumUnits,
    AutoScalingRoleArn: role,
    ScalingPolicies: [{ PolicyName, TargetTrackingScalingPolicyConfiguration }],
  };
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(", ");
}

function wrongUnits(minimum: number, maximum: number): string | undefined {
  return maximum < minimum ? "Maximum capacity cannot be less than minimum capacity" : undefined;
}

function wrongTarget(kind: string, target: number): string | undefined {
  const shown = Number.isInteger(target) ? target.toFixed(1) : String(target);
  if (target <= 0)
    return `For target tracking scaling, target value must be between '8.51592E-109' and '1.174271E108', but was '${shown}'.`;
  if (target >= 10 && target <= 90) return undefined;
  return `For predefined metric type DynamoDB${kind}CapacityUtilization, target value must be between '10.0' and '90.0', but was '${shown}'.`;
}

/** DynamoDB sets scaling up with its own role, which may not pass another. */
function wrongRole(account: string, role: string, given: string | undefined): string | undefined {
  if (given === undefined || given === role) return undefined;
  return `User: arn:aws:sts::${account}:assumed-role/AWSServiceRoleForDynamoDBReplication/DynamoDBReplication is not authorized to perform: iam:PassRole on resource: ${given} because no identity-based policy allows the iam:PassRole action`;
}

/** Tables on demand have nothing to scale. */
export function checkScalable(table: TableRow, regions: readonly string[], changes: readonly ScalingChange[]): void {
  if (table.billing === "PROVISIONED") return;
  const set = changes.filter(({ settings }) => settings.AutoScalingDisabled !== true);
  if (set.length === 0) return;
  const names = set.map(({ kind, index }) =>
    kind === "Write"
      ? `GlobalTable${index === undefined ? "" : "GlobalSecondaryIndex"}ProvisionedWriteCapacityAutoScalingSettingsUpdate`
      : `Replica${index === undefined ? "" : "GlobalSecondaryIndex"}ProvisionedReadCapacityAutoScalingSettingsUpdate`,
  );
  throw validation(
    `Failed to update global table with name ‘${table.name}‘. Replicas ${quoted(regions.map((region) => region.toUpperCase()).toSorted())} BillingMode is PayPerRequest. You must convert table's BillingMode to PROVISIONED to set parameters: ${quoted([...new Set(names)])}.`,
  );
}
