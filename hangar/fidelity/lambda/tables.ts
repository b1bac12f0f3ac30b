// Tables whose streams are event sources, as recorded tests made them.

import * as dynamodb from "@aws-sdk/client-dynamodb";
import type { Answer, Input, Session } from "../session.ts";
import { FunctionName } from "./session.ts";

export const DYNAMODB = { service: "dynamodb", sdk: dynamodb };
export const TableName = "source";
export const WINDOW = {
  StartingPosition: "TRIM_HORIZON",
  BatchSize: 1,
  MaximumBatchingWindowInSeconds: 1,
  MaximumRetryAttempts: 1,
};

type Made = { readonly created: Answer; readonly updated: Answer; readonly arn: string };

export async function makeTable(s: Session, AttributeName: string, view?: string): Promise<Made> {
  const StreamSpecification = (StreamViewType: string) => ({ StreamEnabled: true, StreamViewType });
  const created = await s.with(DYNAMODB).do("CreateTable", {
    TableName,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [{ AttributeName, AttributeType: "S" }],
    KeySchema: [{ AttributeName, KeyType: "HASH" }],
    ...(view === "at once" ? { StreamSpecification: StreamSpecification("NEW_IMAGE") } : {}),
  });
  const kind = view ?? "NEW_IMAGE";
  const updated =
    view === "at once"
      ? created
      : await s.with(DYNAMODB).do("UpdateTable", { TableName, StreamSpecification: StreamSpecification(kind) });
  const { LatestStreamArn } = updated["TableDescription"] as { readonly LatestStreamArn: string };
  return { created, updated, arn: LatestStreamArn };
}

export const map = (s: Session, label: string, EventSourceArn: string, more: Input = WINDOW): Promise<Answer> =>
  s.is(label, "CreateEventSourceMapping", { FunctionName, EventSourceArn, ...more });

export const put = (s: Session, Item: object) => s.with(DYNAMODB).do("PutItem", { TableName, Item });

/** Times have names. */
export function named(value: unknown): unknown {
  const text = JSON.stringify(value);
  const given = text.replaceAll(
    /(timestamp\\?":\\?")\d{4}-[\d:T-]+\.\d{3}Z/g,
    "$1<timestamp:2022-07-13T13:48:01.000Z>",
  );
  return JSON.parse(given, (name, member: unknown) =>
    name === "ApproximateCreationDateTime" ? "<approximate-creation-datetime>" : member,
  );
}
