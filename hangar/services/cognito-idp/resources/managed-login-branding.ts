// The CloudFormation type AWS::Cognito::ManagedLoginBranding.

import type { Properties, ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import type {
  CreateManagedLoginBrandingOutput,
  DescribeManagedLoginBrandingOutput,
} from "../../../models/cognito-idp.d.ts";
import { partsOf } from "../rules/properties.ts";

type Asset = Properties & { readonly Bytes?: string | Uint8Array };

export const managedLoginBranding: ResourceType = {
  type: "AWS::Cognito::ManagedLoginBranding",
  properties: ["Assets", "ClientId", "Settings", "UseCognitoProvidedValues", "UserPoolId"],
  inert: { ReturnMergedResources: "only says what CloudFormation's own answer shows" },
  async create(properties, context) {
    const answer = await context.call("cognito-idp", "CreateManagedLoginBranding", inputOf(properties));
    const id = (answer as CreateManagedLoginBrandingOutput).ManagedLoginBranding?.ManagedLoginBrandingId ?? "";
    return { id: `${String(properties["UserPoolId"])}|${id}`, attributes: { ManagedLoginBrandingId: id } };
  },
  async update(state, properties, _previous, context) {
    const { ClientId: _client, ...input } = inputOf(properties);
    const [UserPoolId, ManagedLoginBrandingId] = partsOf(state.id);
    await context.call("cognito-idp", "UpdateManagedLoginBranding", { ...input, UserPoolId, ManagedLoginBrandingId });
    return state;
  },
  async delete(state, _properties, context) {
    const [UserPoolId, ManagedLoginBrandingId] = partsOf(state.id);
    const place = { UserPoolId, ManagedLoginBrandingId };
    await unlessGone(context.call("cognito-idp", "DeleteManagedLoginBranding", place));
  },
  async read(id, context) {
    const [UserPoolId, ManagedLoginBrandingId] = partsOf(id);
    const place = { UserPoolId, ManagedLoginBrandingId };
    const found = await unlessGone(context.call("cognito-idp", "DescribeManagedLoginBranding", place));
    const branding = (found as DescribeManagedLoginBrandingOutput | undefined)?.ManagedLoginBranding;
    if (branding === undefined) return undefined;
    const { UseCognitoProvidedValues, Settings, Assets = [] } = branding;
    return {
      ...place,
      UseCognitoProvidedValues,
      ...(Settings === undefined ? {} : { Settings }),
      ...(Assets.length === 0 ? {} : { Assets: Assets.map(asText) }),
    };
  },
  unread: [["ClientId"]],
};

/** Templates carry bytes as base64. */
function inputOf({ ReturnMergedResources: _shown, ...properties }: Properties): Properties {
  const assets = properties["Assets"] as readonly Asset[] | undefined;
  if (assets === undefined) return properties;
  const Assets = assets.map((asset) =>
    typeof asset.Bytes === "string" ? { ...asset, Bytes: Buffer.from(asset.Bytes, "base64") } : asset,
  );
  return { ...properties, Assets };
}

function asText(asset: object & { readonly Bytes?: Uint8Array | undefined }): object {
  return asset.Bytes === undefined ? asset : { ...asset, Bytes: Buffer.from(asset.Bytes).toString("base64") };
}
