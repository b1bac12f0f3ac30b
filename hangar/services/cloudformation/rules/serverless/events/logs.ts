// Events from a log group: CloudWatchLogs.

import { Resource } from "../resource.ts";
import { sub } from "../values.ts";
import { permission, type EventKind } from "./event.ts";

export const cloudWatchLogs: EventKind = {
  shape: { LogGroupName: "string!", FilterPattern: "string!" },
  expand(event, target) {
    const group = event.properties["LogGroupName"];
    const arn = "arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:${__LogGroupName__}:*";
    const allowed = permission(event, target, {
      principal: "logs.amazonaws.com",
      sourceArn: sub(arn, { __LogGroupName__: group }),
    });
    const filter = new Resource(
      "AWS::Logs::SubscriptionFilter",
      event.id,
      {
        LogGroupName: group,
        FilterPattern: event.properties["FilterPattern"],
        DestinationArn: target.resource.arn(),
      },
      { dependsOn: [allowed.logicalId], attributes: target.resource.passedOn() },
    );
    return [allowed, filter];
  },
};
