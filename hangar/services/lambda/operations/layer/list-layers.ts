// Layers with their newest version. https://docs.aws.amazon.com/lambda/latest/api/API_ListLayers.html

import type { ListLayersRequest, ListLayersResponse } from "../../../../models/lambda.d.ts";
import { isCompatible } from "../../rules/layer-compatible.ts";
import { layerArn, layerItem } from "../../rules/layers.ts";
import { marker, pageOf } from "../../rules/paging.ts";
import { operation, type LayerRow } from "../../store.ts";

export const listLayers = operation<ListLayersRequest, ListLayersResponse>((input, context) => {
  const newest = new Map<string, LayerRow>();
  for (const row of context.store.layers.rows()) if (isCompatible(row, input)) newest.set(row.name, row);
  const { items, next } = pageOf([...newest.values()], (row) => row.name, input);
  return {
    ...marker(next),
    Layers: items.map((row) => ({
      LayerName: row.name,
      LayerArn: layerArn(context, row.name),
      LatestMatchingVersion: layerItem(row, context),
    })),
  };
});
