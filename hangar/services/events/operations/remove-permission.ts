// Takes a statement, or all, from a bus's policy. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RemovePermission.html

import type { RemovePermissionInput, RemovePermissionOutput } from "../../../models/events.d.ts";
import { invalid } from "../errors.ts";
import { withoutPermission } from "../rules/permission.ts";
import { busAt, operation } from "../store.ts";

export const removePermission = operation<RemovePermissionInput, RemovePermissionOutput>((input, context) => {
  const bus = busAt(context, input.EventBusName);
  if (input.RemoveAllPermissions !== true && input.StatementId === undefined)
    throw invalid("Parameter StatementId must be specified.");
  const policy =
    input.RemoveAllPermissions === true ? undefined : withoutPermission(bus.policy, input.StatementId ?? "");
  context.store.buses.put(bus.name, { ...bus, policy, modified: context.clock.now() });
  return {};
});
