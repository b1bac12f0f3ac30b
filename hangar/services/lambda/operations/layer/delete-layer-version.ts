// Deletes a layer version; functions that use it keep it. https://docs.aws.amazon.com/lambda/latest/api/API_DeleteLayerVersion.html

import type { DeleteLayerVersionRequest } from "../../../../models/lambda.d.ts";
import { invalidParameter } from "../../errors.ts";
import { layerArn, layerKey, parseLayer } from "../../rules/layers.ts";
import { operation } from "../../store.ts";

export const deleteLayerVersion = operation<DeleteLayerVersionRequest, Record<string, never>>((input, context) => {
  if (input.VersionNumber < 1) throw invalidParameter("Layer Version Cannot be less than 1");
  const { name } = parseLayer(input.LayerName, context);
  context.store.layers.delete(layerKey(name, input.VersionNumber));
  context.store.policies.delete(`${layerArn(context, name)}:${input.VersionNumber}`);
  return {};
});
