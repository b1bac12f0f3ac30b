// Lets another account, or a whole policy, put events on a bus. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html

import type { PutPermissionInput, PutPermissionOutput } from "../../../models/events.d.ts";
import { invalid } from "../errors.ts";
import { statementsIn, withPermission } from "../rules/permission.ts";
import { busAt, operation } from "../store.ts";

export const putPermission = operation<PutPermissionInput, PutPermissionOutput>((input, context) => {
  const bus = busAt(context, input.EventBusName);
  const policy = input.Policy ?? withPermission(bus.policy, permissionOf(input), bus.arn);
  if (input.Policy !== undefined) checkPolicy(input.Policy);
  context.store.buses.put(bus.name, { ...bus, policy, modified: context.clock.now() });
  return {};
});

function permissionOf(input: PutPermissionInput): Parameters<typeof withPermission>[1] {
  if (input.Action === undefined || input.Principal === undefined || input.StatementId === undefined) {
    throw invalid("Parameter(s) Action, Principal, StatementId must be specified.");
  }
  return {
    statementId: input.StatementId,
    principal: input.Principal,
    action: input.Action,
    condition: input.Condition,
  };
}

function checkPolicy(policy: string): void {
  if (statementsIn(policy) === undefined) throw invalid("Policy is not valid JSON, or has no statements.");
}
