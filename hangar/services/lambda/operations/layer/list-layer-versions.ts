// Versions of a layer, newest first. https://docs.aws.amazon.com/lambda/latest/api/API_ListLayerVersions.html

import type { ListLayerVersionsRequest, ListLayerVersionsResponse } from "../../../../models/lambda.d.ts";
import { isCompatible } from "../../rules/layer-compatible.ts";
import { layerItem, parseLayer } from "../../rules/layers.ts";
import { marker, pageOf } from "../../rules/paging.ts";
import { operation } from "../../store.ts";

export const listLayerVersions = operation<ListLayerVersionsRequest, ListLayerVersionsResponse>((input, context) => {
  const reference = parseLayer(input.LayerName, context);
  const place = { account: reference.account, region: context.region };
  const rows = [
    ...context.storeAt(place.account, place.region).layers.rows({ prefix: `${reference.name}:`, reverse: true }),
  ].filter((row) => isCompatible(row, input));
  const { items, next } = pageOf(rows, (row) => String(row.version), input);
  return { ...marker(next), LayerVersions: items.map((row) => layerItem(row, place)) };
});
