// Brings a table from one Kinesis streaming destination to another.

import { validation } from "../errors.ts";
import type { Change } from "./table-changes.ts";
import { same } from "./table-properties.ts";

type Json = Readonly<Record<string, unknown>>;
type Call = (operation: string, input: Json) => Promise<Json>;

export async function applyKinesis({ name, properties, previous }: Change, call: Call): Promise<void> {
  const [before, after] = [previous["KinesisStreamSpecification"], properties["KinesisStreamSpecification"]] as (
    | Json
    | undefined
  )[];
  if (same(before, after)) return;
  const on = (of: Json): Json => ({ TableName: name, StreamArn: of["StreamArn"] });
  const precision = (of: Json): unknown => of["ApproximateCreationDateTimePrecision"] ?? "MILLISECOND";
  if (before !== undefined && after !== undefined && before["StreamArn"] === after["StreamArn"]) {
    const wanted = precision(after);
    if (wanted === precision(before)) return;
    await call("UpdateKinesisStreamingDestination", {
      ...on(after),
      UpdateKinesisStreamingConfiguration: { ApproximateCreationDateTimePrecision: wanted },
    });
    return;
  }
  if (before !== undefined) await call("DisableKinesisStreamingDestination", on(before));
  if (after === undefined) return;
  const { ApproximateCreationDateTimePrecision: given } = after;
  await call("EnableKinesisStreamingDestination", {
    ...on(after),
    ...(given === undefined
      ? {}
      : { EnableKinesisStreamingConfiguration: { ApproximateCreationDateTimePrecision: given } }),
  });
  await checkKinesis(name, call);
}

/** A destination that did not come up fails the deployment with its reason. */
async function checkKinesis(TableName: string, call: Call): Promise<void> {
  const { KinesisDataStreamDestinations: all } = await call("DescribeKinesisStreamingDestination", { TableName });
  const [newest] = all as readonly Json[];
  if (newest?.["DestinationStatus"] === "ENABLE_FAILED")
    throw validation(String(newest["DestinationStatusDescription"]));
}
