// CloudFormation's configurations of analytics, metrics and access tiers as S3's API has them.

import { filterOf, list, number, present, type Json } from "./template-values.ts";

/** None of the three has a filter where nothing is filtered. */
function chosen(value: Json): Json | undefined {
  const members = present({ Prefix: value["Prefix"], AccessPointArn: value["AccessPointArn"] });
  const tags = list(value["TagFilters"]);
  return Object.keys(members).length + tags.length === 0 ? undefined : filterOf(members, tags);
}

export function analytics(value: Json): Json {
  const { DataExport: exported } = value["StorageClassAnalysis"] as { readonly DataExport?: Json };
  return present({
    Id: value["Id"],
    Filter: chosen(value),
    StorageClassAnalysis: exported === undefined ? {} : { DataExport: dataExport(exported) },
  });
}

function dataExport({ OutputSchemaVersion, Destination }: Json): Json {
  const { BucketArn: Bucket, ...more } = Destination as Json;
  return { OutputSchemaVersion, Destination: { S3BucketDestination: { Bucket, ...more } } };
}

export function metrics(value: Json): Json {
  return present({ Id: value["Id"], Filter: chosen(value) });
}

export function tiering(value: Json): Json {
  return present({
    Id: value["Id"],
    Filter: chosen(value),
    Status: value["Status"],
    Tierings: list(value["Tierings"]).map(({ AccessTier, Days }) => ({ AccessTier, Days: number(Days) })),
  });
}
