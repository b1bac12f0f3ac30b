// A version of a layer by its ARN. https://docs.aws.amazon.com/lambda/latest/api/API_GetLayerVersionByArn.html

import type { GetLayerVersionByArnRequest, GetLayerVersionResponse } from "../../../../models/lambda.d.ts";
import { layerAnswer } from "../../rules/layer-answer.ts";
import { layerVersion, parseLayer } from "../../rules/layers.ts";
import { operation } from "../../store.ts";

export const getLayerVersionByArn = operation<GetLayerVersionByArnRequest, GetLayerVersionResponse>(
  (input, context) => {
    const reference = parseLayer(input.Arn, context);
    const { row } = layerVersion(context, input.Arn, reference.version ?? 0);
    return layerAnswer(row, { account: reference.account, region: context.region }, context);
  },
);
