// What a template says of the hot keys of a table and its indexes.

import type { Properties } from "../../../cloud/resource.ts";
import { DEFAULT_MODE } from "../rules/contributor-insights.ts";
import { bool, present } from "./table-properties.ts";

type Json = Readonly<Record<string, unknown>>;
type Call = (operation: string, input: Json) => Promise<Json>;

const SPECIFICATION = "ContributorInsightsSpecification";

/** By index; undefined is the table. */
function specifications(properties: Properties): ReadonlyMap<string | undefined, Json> {
  const indexes = (properties["GlobalSecondaryIndexes"] ?? []) as readonly Json[];
  const all = [
    [undefined, properties[SPECIFICATION]] as const,
    ...indexes.map((index) => [String(index["IndexName"]), index[SPECIFICATION]] as const),
  ];
  return new Map(all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value as Json] as const])));
}

/** What is to be is compared with what is: asking twice changes nothing. */
export async function applyInsights(
  {
    name,
    properties,
    previous,
  }: { readonly name: string; readonly properties: Properties; readonly previous: Properties },
  call: Call,
): Promise<void> {
  const wanted = specifications(properties);
  const before = specifications(previous);
  const indexes = ((properties["GlobalSecondaryIndexes"] ?? []) as readonly Json[]).map((each) => each["IndexName"]);
  for (const IndexName of new Set([...wanted.keys(), ...before.keys()])) {
    if (IndexName !== undefined && !indexes.includes(IndexName)) continue;
    const { Enabled, Mode: ContributorInsightsMode } = wanted.get(IndexName) ?? {};
    const place = present({ TableName: name, IndexName });
    const now = await call("DescribeContributorInsights", place);
    const enabled = now["ContributorInsightsStatus"] === "ENABLED";
    const sameMode = now["ContributorInsightsMode"] === (ContributorInsightsMode ?? DEFAULT_MODE);
    if (bool(Enabled) === enabled && (!enabled || sameMode)) continue;
    const ContributorInsightsAction = bool(Enabled) ? "ENABLE" : "DISABLE";
    await call("UpdateContributorInsights", present({ ...place, ContributorInsightsAction, ContributorInsightsMode }));
  }
}
