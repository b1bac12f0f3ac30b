// The CloudFormation type AWS::ApiGatewayV2::Api.

import type { Properties, ResourceContext, ResourceState, ResourceType } from "../../../cloud/resource.ts";
import { badRequest } from "../errors.ts";
import {
  call,
  changesOf,
  found,
  inputOf,
  number,
  remove,
  tagsOf,
  text,
  truth,
  updateTags,
  type Input,
} from "./properties.ts";

const OWN = [
  "Name",
  "ProtocolType",
  "Description",
  "Version",
  "CorsConfiguration",
  "RouteSelectionExpression",
  "ApiKeySelectionExpression",
  "DisableExecuteApiEndpoint",
  "Target",
  "RouteKey",
  "CredentialsArn",
];
const DOCUMENT = ["Body", "BodyS3Location", "BasePath", "FailOnWarnings"];
const INERT = {
  DisableSchemaValidation: "kept and shown; models are read when a message needs them",
  IpAddressType: "kept and shown; there is one address to reach",
};

function settingsOf(properties: Properties): Input {
  return inputOf(properties, [...OWN, "DisableSchemaValidation", "IpAddressType"], {
    DisableExecuteApiEndpoint: truth,
    DisableSchemaValidation: truth,
    CorsConfiguration: cors,
  });
}

function importing(properties: Properties): Input {
  return { Basepath: properties["BasePath"], FailOnWarnings: truth(properties["FailOnWarnings"] ?? false) };
}

function cors(value: unknown): Input {
  const configuration = value as Properties;
  return inputOf(configuration, Object.keys(configuration), { MaxAge: number, AllowCredentials: truth });
}

export const api: ResourceType = {
  type: "AWS::ApiGatewayV2::Api",
  properties: [...OWN, ...DOCUMENT, "Tags"],
  inert: INERT,
  async create(properties, context) {
    const Body = await bodyOf(properties, context);
    const Tags = tagsOf(properties, context);
    if (Body === undefined)
      return stateOf(await call(context, "CreateApi", { ...settingsOf(properties), Tags }), context);
    const made = await call(context, "ImportApi", { Body, ...importing(properties) });
    const state = stateOf(made, context);
    const { ProtocolType: _protocol, ...settings } = settingsOf(properties);
    if (Object.keys(settings).length > 0) await call(context, "UpdateApi", { ...settings, ApiId: state.id });
    await updateTags(context, `/apis/${state.id}`, properties, {});
    return state;
  },
  async update(state, properties, previous, context) {
    const ApiId = state.id;
    if (DOCUMENT.some((name) => JSON.stringify(properties[name]) !== JSON.stringify(previous[name]))) {
      const Body = await bodyOf(properties, context);
      if (Body !== undefined) await call(context, "ReimportApi", { ApiId, Body, ...importing(properties) });
    }
    const { ProtocolType: _protocol, ...wanted } = settingsOf(properties);
    const { ProtocolType: _before, ...before } = settingsOf(previous);
    const { CorsConfiguration, DisableExecuteApiEndpoint, ...changes } = changesOf(wanted, before);
    await call(context, "UpdateApi", {
      ...changes,
      ApiId,
      DisableExecuteApiEndpoint: DisableExecuteApiEndpoint ?? false,
      CorsConfiguration: wanted["CorsConfiguration"] === undefined ? undefined : CorsConfiguration,
    });
    if (before["CorsConfiguration"] !== undefined && wanted["CorsConfiguration"] === undefined)
      await call(context, "DeleteCorsConfiguration", { ApiId });
    await updateTags(context, `/apis/${ApiId}`, properties, previous);
    return state;
  },
  delete: (state, _properties, context) => remove(context, "DeleteApi", { ApiId: state.id }),
  async read(id, context) {
    const row = await found(context, "GetApi", { ApiId: id });
    return row === undefined ? undefined : { ApiId: id, ...inputOf(row, [...OWN, "Tags"]) };
  },
};

/** Addresses are AWS's own, as templates take them apart: where they are handed out they lead here. */
function stateOf(row: Readonly<Record<string, unknown>>, { region, account }: ResourceContext): ResourceState {
  const id = String(row["ApiId"] as string);
  const scheme = row["ProtocolType"] === "WEBSOCKET" ? "wss" : "https";
  return {
    id,
    attributes: {
      ApiId: id,
      ApiEndpoint: `${scheme}://${id}.execute-api.${region}.amazonaws.com`,
      ExecuteApiArn: `arn:aws:execute-api:${region}:${account}:${id}`,
    },
  };
}

type Place = { readonly Bucket?: string; readonly Key?: string; readonly Version?: string; readonly Etag?: string };

async function bodyOf(properties: Properties, context: ResourceContext): Promise<string | undefined> {
  if (properties["Body"] !== undefined) return text(properties["Body"]);
  const { Bucket, Key, Version, Etag } = (properties["BodyS3Location"] ?? {}) as Place;
  if (Bucket === undefined || Key === undefined) return undefined;
  const { objects } = context.context.ports;
  const options = { versionId: Version, as: context.caller };
  if (Etag !== undefined) {
    const { etag } = await objects.get(Bucket, Key, options);
    if (etag.replaceAll('"', "") !== Etag.replaceAll('"', "")) throw badRequest(`Invalid ETag specified: ${Etag}`);
  }
  return Buffer.from(await objects.bytes(Bucket, Key, options)).toString("utf8");
}
