// How many things an API may have. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html

import type { Table } from "../../../kernel/table.ts";
import { limitExceeded } from "../errors.ts";
import { under } from "../store.ts";

const MOST = { authorizers: 10, integrations: 300, routes: 300, stages: 10 } as const;

/** Asked before another is made. */
export function checkQuota<Row>(table: Table<Row>, things: keyof typeof MOST, apiId: string): void {
  let count = 0;
  for (const _each of table.keys(under(apiId))) count += 1;
  checkCount(things, count + 1);
}

export function checkCount(things: keyof typeof MOST, count: number): void {
  if (count > MOST[things]) throw limitExceeded(things);
}
