// The recorded client of API Gateway's REST APIs, and an API that the tests made first.

import * as sdk from "@aws-sdk/client-api-gateway";
import { recorder } from "../recorded.ts";
import type { Answer, Input, Session } from "../session.ts";

export const recorded = recorder(import.meta.url, { service: "apigateway", sdk });

export type Patch = { readonly op: string; readonly path?: string; readonly value?: string | null };

/** The calls of one API, all with its id. */
export type Api = {
  readonly id: string;
  readonly root: string;
  is(label: string, operation: string, input?: Input): Promise<Answer>;
  do(operation: string, input?: Input): Promise<Answer>;
};

export async function apiOf(s: Session, input: Input = {}): Promise<Api> {
  return api(s, await s.do("CreateRestApi", { name: "recorded", ...input }));
}

export function api(s: Session, { id, rootResourceId }: Answer): Api {
  const restApiId = String(id);
  return {
    id: restApiId,
    root: String(rootResourceId),
    is: (label, operation, input) => s.is(label, operation, { restApiId, ...input }),
    do: (operation, input) => s.do(operation, { restApiId, ...input }),
  };
}

export const replace = (path: string, value?: string): Patch[] => [
  { op: "replace", path, ...(value !== undefined && { value }) },
];
export const add = (path: string, value?: string): Patch[] => [
  { op: "add", path, ...(value !== undefined && { value }) },
];
export const remove = (path: string, value?: string): Patch[] => [
  { op: "remove", path, ...(value !== undefined && { value }) },
];
