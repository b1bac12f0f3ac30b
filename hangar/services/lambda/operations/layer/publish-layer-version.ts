// A new version of a layer. https://docs.aws.amazon.com/lambda/latest/api/API_PublishLayerVersion.html

import type { PublishLayerVersionRequest, PublishLayerVersionResponse } from "../../../../models/lambda.d.ts";
import { takeArchive } from "../../engine/code-archive.ts";
import { layerAnswer } from "../../rules/layer-answer.ts";
import { layerKey, parseLayer } from "../../rules/layers.ts";
import { operation, type LayerRow } from "../../store.ts";

export const publishLayerVersion = operation<PublishLayerVersionRequest, PublishLayerVersionResponse>(
  async (input, context) => {
    const { name } = parseLayer(input.LayerName, context);
    const code = await takeArchive(context, input.Content);
    const version = (context.store.layerNumbers.get(name) ?? 0) + 1;
    context.store.layerNumbers.put(name, version);
    const row: LayerRow = {
      name,
      version,
      description: input.Description ?? "",
      createdAt: context.clock.now(),
      runtimes: input.CompatibleRuntimes,
      architectures: input.CompatibleArchitectures,
      license: input.LicenseInfo,
      code,
    };
    context.store.layers.put(layerKey(name, version), row);
    return layerAnswer(row, context, context);
  },
);
