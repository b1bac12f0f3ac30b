// Which moment or period an export is of, in seconds, and what AWS says of those it cannot be of.

import type { ExportTableToPointInTimeInput } from "../../../models/dynamodb.d.ts";
import { instant, invalidExportTime, recoveryUnavailable, validation } from "../errors.ts";
import type { TableRow } from "../store.ts";
import { secondOf, type Restorable } from "./recovery.ts";

export type ExportPeriod = { readonly from: number; readonly to: number; readonly view: string };

const SHORTEST = 15 * 60;
const LONGEST = 24 * 3600;
const UNAVAILABLE = "Point in Time Recovery is not available for specified export time";

/** What the request says of itself, before its table is looked at. */
export function checkExportForm(input: ExportTableToPointInTimeInput): void {
  const { ExportType: type, IncrementalExportSpecification: specification } = input;
  if (type !== "INCREMENTAL_EXPORT") {
    if (specification === undefined) return;
    throw validation(
      type === undefined
        ? "Invalid Request: Export Type expected to be Incremental Export when incremental export specification is provided"
        : "Invalid Request: When Export Type is Full Export , Incremental Export Specification should not be provided",
    );
  }
  if (specification === undefined)
    throw validation(
      "Invalid Request: Incremental Export Specification expected when export type is set as Incremental Export",
    );
  if (specification.ExportFromTime === undefined)
    throw validation("Invalid Request: ExportFromTime must be provided in IncrementalExportSpecification");
}

/** Undefined for full exports. */
export function periodOf(
  { IncrementalExportSpecification: specification }: ExportTableToPointInTimeInput,
  table: TableRow,
  now: number,
): ExportPeriod | undefined {
  if (specification?.ExportFromTime === undefined) return undefined;
  const from = secondOf(specification.ExportFromTime.getTime());
  const to = specification.ExportToTime === undefined ? secondOf(now) : secondOf(specification.ExportToTime.getTime());
  if (from < secondOf(table.created))
    throw invalidExportTime(
      `Incremental export period from time cannot be less than the table creation time : ${instant(from)}`,
    );
  if (to > secondOf(now))
    throw invalidExportTime(
      `Incremental export period to time cannot be greater than the current time : ${instant(to)}`,
    );
  if (to - from < SHORTEST)
    throw invalidExportTime(
      "Difference between export period from time and export period to time is less than 15 minutes",
    );
  if (to - from > LONGEST)
    throw invalidExportTime(
      "Difference between export period from time and export period to time is greater than 24 hours",
    );
  return { from, to, view: specification.ExportViewType ?? "NEW_AND_OLD_IMAGES" };
}

/** The moment of a full export. It may be this very second, unlike a restore's. */
export function momentOf({ ExportTime: time }: ExportTableToPointInTimeInput, table: TableRow, now: number): number {
  if (time === undefined) return secondOf(now);
  const second = secondOf(time.getTime());
  if (second > secondOf(now) || second < secondOf(table.created)) throw invalidExportTime("Export Time is invalid");
  return second;
}

export function checkRestorable(first: number, table: TableRow, times: Restorable | undefined): void {
  if (times === undefined) throw recoveryUnavailable(table.name);
  if (first < times.earliest) throw invalidExportTime(UNAVAILABLE);
}
