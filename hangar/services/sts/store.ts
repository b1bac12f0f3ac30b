// STS keeps nothing of its own: sessions are with IAM, which has to find them by key.

import { operationsOn, type Context } from "../../cloud/operation.ts";

export const tables = {};

export type StsContext = Context<typeof tables>;

export const operation = operationsOn<typeof tables>();
