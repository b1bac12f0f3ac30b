// The CloudFormation type AWS::KMS::Alias.

import type { ResourceType } from "../../../cloud/resource.ts";

type Entry = { readonly AliasName: string; readonly TargetKeyId: string };

export const alias: ResourceType = {
  type: "AWS::KMS::Alias",
  properties: ["AliasName", "TargetKeyId"],
  async create({ AliasName, TargetKeyId }, context) {
    await context.call("kms", "CreateAlias", { AliasName, TargetKeyId });
    return { id: String(AliasName), attributes: {} };
  },
  async update(state, { TargetKeyId }, _previous, context) {
    await context.call("kms", "UpdateAlias", { AliasName: state.id, TargetKeyId });
    return state;
  },
  async delete(state, _properties, context) {
    try {
      await context.call("kms", "DeleteAlias", { AliasName: state.id });
    } catch (error) {
      if (!(error instanceof Error && error.name === "NotFoundException")) throw error;
    }
  },
  async read(id, context) {
    const { Aliases } = (await context.call("kms", "ListAliases", { Limit: 100 })) as {
      readonly Aliases: readonly Entry[];
    };
    const found = Aliases.find((entry) => entry.AliasName === id);
    return found === undefined ? undefined : { AliasName: found.AliasName, TargetKeyId: found.TargetKeyId };
  },
};
