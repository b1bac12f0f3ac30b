// How stacks and their parts look in answers.

import type { ChangeSet, Output, Resource, Stack, StackEvent } from "../store.ts";
import type { StackParameter } from "./parameters.ts";

const date = (time: number): Date => new Date(time);

export function parameterView(item: StackParameter): {
  readonly ParameterKey: string;
  readonly ParameterValue: string;
  readonly ResolvedValue?: string;
} {
  const value = item.noEcho ? "****" : item.value;
  return {
    ParameterKey: item.key,
    ParameterValue: value,
    ...(item.resolved === undefined ? {} : { ResolvedValue: item.resolved }),
  };
}

function outputView(output: Output, reached: (text: string) => string): object {
  return {
    OutputKey: output.key,
    OutputValue: reached(output.value),
    ...(output.description === undefined ? {} : { Description: output.description }),
    ...(output.exportName === undefined ? {} : { ExportName: output.exportName }),
  };
}

/** `reached` gives addresses in outputs as the caller reaches them. */
export function stackView(
  stack: Stack,
  reached: (text: string) => string,
): Record<string, unknown> & { readonly StackName: string; readonly StackStatus: string; readonly CreationTime: Date } {
  const gone = stack.status === "DELETE_COMPLETE";
  return {
    StackId: stack.id,
    StackName: stack.name,
    ...(stack.changeSetId === undefined || gone ? {} : { ChangeSetId: stack.changeSetId }),
    ...(stack.description === undefined ? {} : { Description: stack.description }),
    ...(stack.parameters.length === 0 ? {} : { Parameters: stack.parameters.map(parameterView) }),
    CreationTime: date(stack.created),
    ...(stack.updated === undefined ? {} : { LastUpdatedTime: date(stack.updated) }),
    ...(stack.deleted === undefined ? {} : { DeletionTime: date(stack.deleted) }),
    RollbackConfiguration: stack.rollbackConfiguration,
    StackStatus: stack.status,
    ...(stack.statusReason === undefined ? {} : { StackStatusReason: stack.statusReason }),
    DisableRollback: stack.disableRollback,
    NotificationARNs: stack.notificationArns,
    ...(stack.timeoutInMinutes === undefined ? {} : { TimeoutInMinutes: stack.timeoutInMinutes }),
    ...(stack.capabilities.length === 0 ? {} : { Capabilities: stack.capabilities }),
    ...(stack.outputs.length === 0 ? {} : { Outputs: stack.outputs.map((output) => outputView(output, reached)) }),
    ...(stack.roleArn === undefined ? {} : { RoleARN: stack.roleArn }),
    Tags: stack.tags,
    ...(gone ? {} : { EnableTerminationProtection: stack.terminationProtection }),
    ...(stack.parentId === undefined ? {} : { ParentId: stack.parentId }),
    ...(stack.rootId === undefined ? {} : { RootId: stack.rootId }),
    ...(stack.deploymentMode === undefined ? {} : { DeploymentConfig: { Mode: stack.deploymentMode } }),
    DriftInformation: driftOfStack(stack),
  };
}

function driftOfStack(stack: Stack): object {
  return stack.drift === undefined
    ? { StackDriftStatus: "NOT_CHECKED" }
    : { StackDriftStatus: stack.drift.status, LastCheckTimestamp: date(stack.drift.checked) };
}

export function summaryView(
  stack: Stack,
): Record<string, unknown> & { readonly StackName: string; readonly StackStatus: string; readonly CreationTime: Date } {
  return {
    StackId: stack.id,
    StackName: stack.name,
    ...(stack.description === undefined ? {} : { TemplateDescription: stack.description }),
    CreationTime: date(stack.created),
    ...(stack.updated === undefined ? {} : { LastUpdatedTime: date(stack.updated) }),
    ...(stack.deleted === undefined ? {} : { DeletionTime: date(stack.deleted) }),
    StackStatus: stack.status,
    ...(stack.statusReason === undefined ? {} : { StackStatusReason: stack.statusReason }),
    ...(stack.parentId === undefined ? {} : { ParentId: stack.parentId }),
    ...(stack.rootId === undefined ? {} : { RootId: stack.rootId }),
    DriftInformation: driftOfStack(stack),
  };
}

function resourceDrift(resource: Resource): {
  readonly StackResourceDriftStatus: string;
  readonly LastCheckTimestamp?: Date;
} {
  return resource.drift === undefined
    ? { StackResourceDriftStatus: "NOT_CHECKED" }
    : { StackResourceDriftStatus: resource.drift.status, LastCheckTimestamp: date(resource.drift.checked) };
}

/** What the three ways of listing resources share. */
export function resourceView(resource: Resource): {
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceType: string;
  readonly ResourceStatus: string;
  readonly ResourceStatusReason?: string;
  readonly DriftInformation: { readonly StackResourceDriftStatus: string };
} {
  return {
    LogicalResourceId: resource.logicalId,
    ...(resource.state === undefined ? {} : { PhysicalResourceId: resource.state.id }),
    ResourceType: resource.type,
    ResourceStatus: resource.status,
    ...(resource.statusReason === undefined ? {} : { ResourceStatusReason: resource.statusReason }),
    DriftInformation: resourceDrift(resource),
  };
}

export function eventView(event: StackEvent): {
  readonly StackId: string;
  readonly EventId: string;
  readonly StackName: string;
  readonly Timestamp: Date;
} & Record<string, unknown> {
  return {
    StackId: event.stackId,
    EventId: event.id,
    StackName: event.stackName,
    ...(event.operationId === undefined ? {} : { OperationId: event.operationId }),
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    Timestamp: date(event.at),
    ResourceStatus: event.status,
    ...(event.reason === undefined ? {} : { ResourceStatusReason: event.reason }),
    ...(event.properties === undefined ? {} : { ResourceProperties: event.properties }),
    ...(event.token === undefined ? {} : { ClientRequestToken: event.token }),
  };
}

export function changeSetSummary(changeSet: ChangeSet): object {
  return {
    StackId: changeSet.stackId,
    StackName: changeSet.stackName,
    ChangeSetId: changeSet.id,
    ChangeSetName: changeSet.name,
    ExecutionStatus: changeSet.executionStatus,
    Status: changeSet.status,
    ...(changeSet.statusReason === undefined ? {} : { StatusReason: changeSet.statusReason }),
    CreationTime: date(changeSet.created),
    ...(changeSet.description === undefined ? {} : { Description: changeSet.description }),
    IncludeNestedStacks: changeSet.includeNestedStacks,
    ...(changeSet.importExistingResources === undefined
      ? {}
      : { ImportExistingResources: changeSet.importExistingResources }),
  };
}
