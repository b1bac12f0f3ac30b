// Cloud Control's table: requests and what came of them.

import { operationsOn, table } from "../../cloud/operation.ts";

export type ProgressRow = {
  readonly token: string;
  readonly clientToken?: string | undefined;
  readonly type: string;
  readonly operation: "CREATE" | "UPDATE" | "DELETE";
  readonly status: "SUCCESS" | "FAILED";
  readonly identifier?: string | undefined;
  readonly at: number;
  readonly message?: string | undefined;
  readonly errorCode?: string | undefined;
  readonly model?: string | undefined;
};

export const tables = { requests: table<ProgressRow>() };
export type Tables = typeof tables;
export const operation = operationsOn<typeof tables>();
