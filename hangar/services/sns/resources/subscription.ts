// AWS::SNS::Subscription: made, changed and ended through the operations of SNS.

import type { Properties, ResourceContext, ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import type { GetSubscriptionAttributesOutput, SubscribeOutput } from "../../../models/sns.d.ts";

const DOCUMENTS = ["DeliveryPolicy", "FilterPolicy", "RedrivePolicy"];
/** The scope before the policy that it is the scope of. */
const ATTRIBUTES = ["FilterPolicyScope", "RawMessageDelivery", "SubscriptionRoleArn", ...DOCUMENTS];
/** What an attribute goes back to when a template no longer has it. */
const UNSET: Readonly<Record<string, string>> = {
  FilterPolicy: "{}",
  FilterPolicyScope: "MessageAttributes",
  RawMessageDelivery: "false",
};

export const subscription: ResourceType = {
  type: "AWS::SNS::Subscription",
  properties: ["Endpoint", "Protocol", "Region", "TopicArn", ...ATTRIBUTES],
  async create(properties, context) {
    const { SubscriptionArn = "" } = (await context.call(
      "sns",
      "Subscribe",
      {
        TopicArn: properties["TopicArn"],
        Protocol: properties["Protocol"],
        Endpoint: properties["Endpoint"],
        Attributes: attributesOf(properties),
        ReturnSubscriptionArn: true,
      },
      placeOf(properties, context),
    )) as SubscribeOutput;
    return { id: SubscriptionArn, attributes: { Arn: SubscriptionArn } };
  },
  async update(state, properties, previous, context) {
    const wanted = attributesOf(properties);
    const before = attributesOf(previous);
    const changed = ATTRIBUTES.filter((name) => wanted[name] !== before[name]);
    // A nested filter can only stand while its scope is the body.
    const order = wanted["FilterPolicyScope"] === "MessageBody" ? changed : changed.toReversed();
    for (const AttributeName of order) {
      const AttributeValue = wanted[AttributeName] ?? UNSET[AttributeName] ?? "";
      await context.call(
        "sns",
        "SetSubscriptionAttributes",
        { SubscriptionArn: state.id, AttributeName, AttributeValue },
        placeOf(properties, context),
      );
    }
    return state;
  },
  async delete(state, properties, context) {
    await context.call("sns", "Unsubscribe", { SubscriptionArn: state.id }, placeOf(properties, context));
  },
  async read(id, context) {
    const asked = context.call("sns", "GetSubscriptionAttributes", { SubscriptionArn: id });
    const found = (await unlessGone(asked, "NotFound")) as GetSubscriptionAttributesOutput | undefined;
    return found && { Arn: id, ...shownOf(found.Attributes ?? {}) };
  },
};

/** The topic may be in another region than the stack. */
function placeOf(properties: Properties, { region }: ResourceContext): { readonly region: string } {
  return { region: (properties["Region"] as string | undefined) ?? region };
}

function attributesOf(properties: Properties): Readonly<Record<string, string>> {
  const set = ATTRIBUTES.filter((name) => properties[name] !== undefined);
  return Object.fromEntries(
    set.map((name) => {
      const value = properties[name];
      return [name, typeof value === "object" ? JSON.stringify(value) : String(value as string | boolean)];
    }),
  );
}

function shownOf(attributes: Readonly<Record<string, string>>): Properties {
  const known = ["Endpoint", "Protocol", "TopicArn", ...ATTRIBUTES].filter((name) => attributes[name] !== undefined);
  return Object.fromEntries(
    known.map((name) => {
      const text = attributes[name] ?? "";
      if (DOCUMENTS.includes(name)) return [name, JSON.parse(text) as object];
      return [name, name === "RawMessageDelivery" ? text === "true" : text];
    }),
  );
}
