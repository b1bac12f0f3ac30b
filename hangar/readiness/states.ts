// How well each type, property and operation is emulated here, by the ledger.

import { isNativeHandler } from "../services/cloudformation/resources/custom/recognise.ts";
import { isCustom } from "../services/cloudformation/rules/coverage.ts";
import { sameValue } from "../services/cloudformation/rules/differences.ts";
import { isUnknown } from "../services/cloudformation/rules/environment.ts";
import { ledger } from "./ledger.ts";
import type { ReadResource, ReadStack } from "./read-stack.ts";
import type { OperationState, PropertyState, State, TypeState } from "./report.ts";
import type { SuiteUsage } from "./usage.ts";

/** Says something about the app, not about what it runs on. */
const NOT_COUNTED = "AWS::CDK::Metadata";

/** Values of inert properties that ask for what there is without them: no difference to AWS can come of these. */
const ASKS_NOTHING: Readonly<Record<string, readonly unknown[]>> = {
  "AWS::Lambda::Function Architectures": [["x86_64"]],
  "AWS::Lambda::Function TracingConfig": [{ Mode: "PassThrough" }],
  "AWS::Lambda::Function SnapStart": [{ ApplyOn: "None" }],
  "AWS::Lambda::Function RecursiveLoop": ["Terminate"],
  "AWS::Lambda::Function RuntimeManagementConfig": [{ UpdateRuntimeOn: "Auto" }],
  "AWS::Lambda::Version RuntimePolicy": [{ UpdateRuntimeOn: "Auto" }],
  "AWS::ApiGateway::Stage TracingEnabled": [false],
  "AWS::ApiGateway::Stage CacheClusterEnabled": [false],
  "AWS::ApiGateway::ApiKey GenerateDistinctId": [true],
  "AWS::ApiGatewayV2::Api DisableSchemaValidation": [false],
  "AWS::ApiGatewayV2::Api FailOnWarnings": [false],
  "AWS::ApiGatewayV2::Api IpAddressType": ["ipv4"],
  "AWS::Cognito::UserPool EmailConfiguration": [{ EmailSendingAccount: "COGNITO_DEFAULT" }],
  "AWS::SQS::Queue SqsManagedSseEnabled": [true],
};

export function stateOfType(type: string): State {
  const known = ledger().types[type];
  if (known?.verified !== undefined) return "verified";
  return isCustom(type) || known !== undefined ? "emulated" : "missing";
}

/** Of a property that a resource sets. */
export function stateOfProperty({ type, logicalId, properties }: ReadResource, property: string): State {
  const { obeyed = [], inert = {}, verified = [] } = ledger().types[type] ?? {};
  if (verified.includes(property) && inert[property] === undefined) return "verified";
  if (obeyed.includes(property)) return "emulated";
  if (inert[property] === undefined) return "missing";
  const value = properties[property];
  const nothing = ASKS_NOTHING[`${type} ${property}`]?.some((each) => sameValue(each, value)) === true;
  return nothing || isUnknown(value) || isNativeHandler(logicalId) ? "emulated" : "inert";
}

/** Resources whose properties have states of their own: a custom resource's are its function's. */
function counted(stacks: readonly ReadStack[]): readonly ReadResource[] {
  return stacks.flatMap(({ resources }) => resources.filter(({ type }) => type !== NOT_COUNTED));
}

export function typeStates(stacks: readonly ReadStack[]): TypeState[] {
  const counts = new Map<string, number>();
  for (const { type } of counted(stacks)) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts]
    .map(([type, count]) => ({ type, count, state: stateOfType(type) }))
    .toSorted((a, b) => (a.type < b.type ? -1 : 1));
}

/** A line for each property and state: of a type with some resources that ask for what is inert and some that do not there are two. */
export function propertyStates(stacks: readonly ReadStack[]): PropertyState[] {
  const found = new Map<string, PropertyState>();
  for (const resource of counted(stacks)) {
    const { type } = resource;
    if (isCustom(type) || stateOfType(type) === "missing") continue;
    for (const property of Object.keys(resource.properties)) {
      const state = stateOfProperty(resource, property);
      const key = `${type} ${property} ${state}`;
      const why = state === "inert" ? ledger().types[type]?.inert[property] : undefined;
      const count = (found.get(key)?.count ?? 0) + 1;
      found.set(key, { type, property, count, state, ...(why === undefined ? {} : { why }) });
    }
  }
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, state]) => state);
}

/** Of `sqs:SendMessage`. */
export function stateOfOperation(operation: string): State {
  const [service = "", name = ""] = operation.split(":");
  const { verified = [], emulated = [] } = ledger().operations[service] ?? {};
  return verified.includes(name) ? "verified" : emulated.includes(name) ? "emulated" : "missing";
}

export function operationStates(called: SuiteUsage["operations"]): OperationState[] {
  return Object.entries(called)
    .map(([operation, { ok, errors }]) => ({
      operation,
      calls: Object.values(errors).reduce((sum, count) => sum + count, ok),
      state: stateOfOperation(operation),
    }))
    .toSorted((a, b) => (a.operation < b.operation ? -1 : 1));
}
