// A layer version as PublishLayerVersion and GetLayerVersion answer it.

import type { GetLayerVersionResponse } from "../../../models/lambda.d.ts";
import type { LambdaContext, LayerRow } from "../store.ts";
import { codeLocation } from "./code-location.ts";
import type { Place } from "./function-name.ts";
import { layerArn, layerItem } from "./layers.ts";

export function layerAnswer(row: LayerRow, place: Place, context: LambdaContext): GetLayerVersionResponse {
  return {
    Content: { Location: codeLocation(context, row.code), CodeSha256: row.code.sha256, CodeSize: row.code.size },
    LayerArn: layerArn(place, row.name),
    ...layerItem(row, place),
  };
}
