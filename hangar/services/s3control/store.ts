// Tables of S3 Control: access points and what accounts block are S3's own, so there are none yet.

import { operationsOn, type Context as ContextOf, type Operation } from "../../cloud/operation.ts";

export const tables = {};

export type Tables = typeof tables;
export type Context = ContextOf<Tables>;
export const operation: <Input, Output>(run: Operation<Input, Output, Tables>) => Operation<Input, Output, Tables> =
  operationsOn<Tables>();
