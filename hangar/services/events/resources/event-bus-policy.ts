// AWS::Events::EventBusPolicy: one statement of a bus's policy.

import type { Properties, ResourceContext, ResourceState, ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";

export const eventBusPolicy: ResourceType = {
  type: "AWS::Events::EventBusPolicy",
  properties: ["Action", "Condition", "EventBusName", "Principal", "Statement", "StatementId"],
  create: put,
  update: (_state, properties, _previous, context) => put(properties, context),
  async delete(_state, properties, context) {
    await unlessGone(
      context.call("events", "RemovePermission", {
        EventBusName: properties["EventBusName"],
        StatementId: properties["StatementId"],
      }),
    );
  },
};

async function put(properties: Properties, context: ResourceContext): Promise<ResourceState> {
  const { EventBusName, StatementId, Statement, Action, Principal, Condition } = properties;
  if (Statement === undefined)
    await context.call("events", "PutPermission", { EventBusName, StatementId, Action, Principal, Condition });
  else {
    const { Policy } = (await context.call("events", "DescribeEventBus", { Name: EventBusName })) as {
      Policy?: string;
    };
    const now = (Policy === undefined ? { Version: "2012-10-17", Statement: [] } : JSON.parse(Policy)) as {
      Version: string;
      Statement: readonly { Sid?: string }[];
    };
    const rest = now.Statement.filter((each) => each.Sid !== StatementId);
    await context.call("events", "PutPermission", {
      EventBusName,
      Policy: JSON.stringify({ ...now, Statement: [...rest, { Sid: StatementId, ...(Statement as object) }] }),
    });
  }
  const bus = typeof EventBusName === "string" ? EventBusName : "default";
  return { id: `${bus}|${String(StatementId)}`, ref: String(StatementId), attributes: {} };
}
