// DynamoDB Streams has no rows of its own: its streams live in DynamoDB's tables.

import { operationsOn } from "../../cloud/operation.ts";

export const tables = {};
export type Tables = typeof tables;

export const operation = operationsOn<Tables>();
