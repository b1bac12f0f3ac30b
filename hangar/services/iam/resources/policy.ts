// AWS::IAM::Policy: one inline policy put on users, groups and roles.

import type { Properties, ResourceContext, ResourceType } from "../../../cloud/resource.ts";
import { validationError } from "../errors.ts";
import { documentText, ignoreMissing, textList, type Kind } from "../rules/deployed-policies.ts";

const HOLDERS: readonly (readonly [Kind, string])[] = [
  ["Role", "Roles"],
  ["User", "Users"],
  ["Group", "Groups"],
];

export const policy: ResourceType = {
  type: "AWS::IAM::Policy",
  properties: ["Groups", "PolicyDocument", "PolicyName", "Roles", "Users"],
  async create(properties, context) {
    if (holdersOf(properties).length === 0)
      throw validationError("At least one of [Groups,Roles,Users] must be non-empty.");
    await put(properties, context);
    const id = context.physicalName(128);
    return { id, attributes: { Id: id } };
  },
  async update(state, properties, previous, context) {
    await put(properties, context);
    const kept = new Set(holdersOf(properties).map(({ kind, name }) => `${kind}/${name}`));
    const renamed = properties["PolicyName"] !== previous["PolicyName"];
    await remove(
      previous,
      holdersOf(previous).filter(({ kind, name }) => renamed || !kept.has(`${kind}/${name}`)),
      context,
    );
    return state;
  },
  async delete(_state, properties, context) {
    await remove(properties, holdersOf(properties), context);
  },
};

type HolderName = { readonly kind: Kind; readonly name: string };

function holdersOf(properties: Properties): HolderName[] {
  return HOLDERS.flatMap(([kind, member]) => textList(properties[member]).map((name) => ({ kind, name })));
}

async function put(properties: Properties, context: ResourceContext): Promise<void> {
  const policyInput = {
    PolicyName: properties["PolicyName"],
    PolicyDocument: documentText(properties["PolicyDocument"]),
  };
  for (const { kind, name } of holdersOf(properties))
    await context.call("iam", `Put${kind}Policy`, { [`${kind}Name`]: name, ...policyInput });
}

async function remove(properties: Properties, holders: readonly HolderName[], context: ResourceContext): Promise<void> {
  for (const { kind, name } of holders)
    await ignoreMissing(
      context.call("iam", `Delete${kind}Policy`, { [`${kind}Name`]: name, PolicyName: properties["PolicyName"] }),
    );
}
