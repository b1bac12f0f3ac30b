// The CloudFormation type AWS::KMS::Alias.

import type { ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";

type Page = {
  readonly Aliases: readonly { readonly AliasName: string; readonly TargetKeyId: string }[];
  readonly NextMarker?: string;
};

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
    await unlessGone(context.call("kms", "DeleteAlias", { AliasName: state.id }), "NotFoundException");
  },
  async read(id, context) {
    for (let Marker: string | undefined; ;) {
      const page = (await context.call("kms", "ListAliases", { Limit: 100, ...(Marker && { Marker }) })) as Page;
      const found = page.Aliases.find((entry) => entry.AliasName === id);
      if (found !== undefined) return { AliasName: found.AliasName, TargetKeyId: found.TargetKeyId };
      if (page.NextMarker === undefined) return undefined;
      Marker = page.NextMarker;
    }
  },
};
