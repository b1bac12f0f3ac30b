// What each operation of SNS needs: on a topic, its own policy speaks too.

import type { AccessRule } from "../../cloud/service.ts";
import { parseArn } from "../../kernel/arn.ts";
import type { AccessNeed } from "../../ports/access.ts";
import { storeOf, type SnsContext, type tables } from "./store.ts";

type Rule = AccessRule<typeof tables>;
type Subscribing = {
  readonly TopicArn: string;
  readonly Protocol?: string | undefined;
  readonly Endpoint?: string | undefined;
};
type Publishing = { readonly TopicArn?: string | undefined; readonly TargetArn?: string | undefined };

export const access: Readonly<Record<string, Rule>> = {
  AddPermission: onTopic("AddPermission"),
  CheckIfPhoneNumberIsOptedOut: anywhere("CheckIfPhoneNumberIsOptedOut"),
  // The token is the permission: endpoints that are asked have no keys.
  ConfirmSubscription: () => [],
  CreatePlatformApplication: anywhere("CreatePlatformApplication"),
  CreatePlatformEndpoint: onNamed("CreatePlatformEndpoint", "PlatformApplicationArn"),
  CreateSMSSandboxPhoneNumber: anywhere("CreateSMSSandboxPhoneNumber"),
  CreateTopic: (input: { readonly Name: string; readonly Tags?: readonly object[] }, { account, region }) => {
    const resource = `arn:aws:sns:${region}:${account}:${input.Name}`;
    const tagging = (input.Tags ?? []).length > 0 ? [{ action: "SNS:TagResource", resource }] : [];
    return [{ action: "SNS:CreateTopic", resource }, ...tagging];
  },
  DeleteEndpoint: onNamed("DeleteEndpoint", "EndpointArn"),
  DeletePlatformApplication: onNamed("DeletePlatformApplication", "PlatformApplicationArn"),
  DeleteSMSSandboxPhoneNumber: anywhere("DeleteSMSSandboxPhoneNumber"),
  DeleteTopic: onTopic("DeleteTopic"),
  GetDataProtectionPolicy: onTopic("GetDataProtectionPolicy", "ResourceArn"),
  GetEndpointAttributes: onNamed("GetEndpointAttributes", "EndpointArn"),
  GetPlatformApplicationAttributes: onNamed("GetPlatformApplicationAttributes", "PlatformApplicationArn"),
  GetSMSAttributes: anywhere("GetSMSAttributes"),
  GetSMSSandboxAccountStatus: anywhere("GetSMSSandboxAccountStatus"),
  GetSubscriptionAttributes: onSubscription("GetSubscriptionAttributes"),
  GetTopicAttributes: onTopic("GetTopicAttributes"),
  ListEndpointsByPlatformApplication: onNamed("ListEndpointsByPlatformApplication", "PlatformApplicationArn"),
  ListOriginationNumbers: anywhere("ListOriginationNumbers"),
  ListPhoneNumbersOptedOut: anywhere("ListPhoneNumbersOptedOut"),
  ListPlatformApplications: anywhere("ListPlatformApplications"),
  ListSMSSandboxPhoneNumbers: anywhere("ListSMSSandboxPhoneNumbers"),
  ListSubscriptions: anywhere("ListSubscriptions"),
  ListSubscriptionsByTopic: onTopic("ListSubscriptionsByTopic"),
  ListTagsForResource: onTopic("ListTagsForResource", "ResourceArn"),
  ListTopics: anywhere("ListTopics"),
  OptInPhoneNumber: anywhere("OptInPhoneNumber"),
  Publish: (input: Publishing, context) => {
    const arn = input.TopicArn ?? input.TargetArn;
    if (arn === undefined) return [{ action: "SNS:Publish", resource: "*" }];
    const needed = need("Publish", arn, context);
    // A service has rights by a topic's policy alone: of a topic that is not there it is told so.
    return context.caller.kind === "service" && needed.policy === undefined ? [] : [needed];
  },
  PublishBatch: onTopic("Publish"),
  PutDataProtectionPolicy: onTopic("PutDataProtectionPolicy", "ResourceArn"),
  RemovePermission: onTopic("RemovePermission"),
  SetEndpointAttributes: onNamed("SetEndpointAttributes", "EndpointArn"),
  SetPlatformApplicationAttributes: onNamed("SetPlatformApplicationAttributes", "PlatformApplicationArn"),
  SetSMSAttributes: anywhere("SetSMSAttributes"),
  SetSubscriptionAttributes: onSubscription("SetSubscriptionAttributes"),
  SetTopicAttributes: onTopic("SetTopicAttributes"),
  Subscribe: (input: Subscribing, context) => {
    const { Protocol: protocol = "", Endpoint: endpoint = "" } = input;
    const asked = need("Subscribe", input.TopicArn, context);
    return [{ ...asked, conditions: { ...asked.conditions, "sns:Protocol": protocol, "sns:Endpoint": endpoint } }];
  },
  TagResource: onTopic("TagResource", "ResourceArn"),
  // The link in a message carries no signature; the operation asks for one where confirming did.
  Unsubscribe: (input: { readonly SubscriptionArn: string }, context) =>
    context.caller.kind === "anonymous" ? [] : [need("Unsubscribe", topicOf(input.SubscriptionArn), context)],
  UntagResource: onTopic("UntagResource", "ResourceArn"),
  VerifySMSSandboxPhoneNumber: anywhere("VerifySMSSandboxPhoneNumber"),
};

function anywhere(action: string): Rule {
  return () => [{ action: `SNS:${action}`, resource: "*" }];
}

function onNamed(action: string, member: string): Rule {
  return (input: Readonly<Record<string, string>>) => [{ action: `SNS:${action}`, resource: input[member] ?? "*" }];
}

function onTopic(action: string, member = "TopicArn"): Rule {
  return (input: Readonly<Record<string, string>>, context) => [need(action, input[member] ?? "", context)];
}

function onSubscription(action: string): Rule {
  return (input: { readonly SubscriptionArn: string }, context) => [
    need(action, topicOf(input.SubscriptionArn), context),
  ];
}

function topicOf(subscriptionArn: string): string {
  return subscriptionArn.split(":").slice(0, 6).join(":");
}

/** Services that act for an account's owner say so: what a new topic's policy lets in. */
const FOR_OWNERS = new Set([
  "autoscaling.amazonaws.com",
  "cloudwatch.amazonaws.com",
  "elasticache.amazonaws.com",
  "rds.amazonaws.com",
  "redshift.amazonaws.com",
]);

function need(action: string, arn: string, context: SnsContext): AccessNeed {
  const { account, resource } = parseArn(arn) ?? { account: context.account, resource: "" };
  const asked = { action: `SNS:${action}`, resource: arn === "" ? "*" : arn, owner: account };
  const topic = storeOf(context, account).topics.get(resource);
  if (topic === undefined) return asked;
  const { caller } = context;
  const owned = caller.kind === "service" && FOR_OWNERS.has(caller.arn) && caller.sourceAccount !== undefined;
  return {
    ...asked,
    policy: topic.attributes["Policy"],
    conditions: owned ? { "aws:SourceOwner": caller.sourceAccount ?? "" } : {},
  };
}
