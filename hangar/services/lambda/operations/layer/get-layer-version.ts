// A version of a layer. https://docs.aws.amazon.com/lambda/latest/api/API_GetLayerVersion.html

import type { GetLayerVersionRequest, GetLayerVersionResponse } from "../../../../models/lambda.d.ts";
import { notFound } from "../../errors.ts";
import { layerAnswer } from "../../rules/layer-answer.ts";
import { layerVersion, parseLayer } from "../../rules/layers.ts";
import { operation } from "../../store.ts";

export const getLayerVersion = operation<GetLayerVersionRequest, GetLayerVersionResponse>((input, context) => {
  const reference = parseLayer(input.LayerName, context);
  if (
    input.VersionNumber >= 1 &&
    context.storeAt(reference.account, context.region).layers.first({ prefix: `${reference.name}:` }) === undefined
  ) {
    throw notFound("The resource you requested does not exist.");
  }
  const { row } = layerVersion(context, input.LayerName, input.VersionNumber);
  return layerAnswer(row, { account: reference.account, region: context.region }, context);
});
