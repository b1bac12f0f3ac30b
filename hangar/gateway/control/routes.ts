// Every path of ours, one table: what a request finds, and what the OpenAPI file says.

import { callRoutes } from "./call.ts";
import { cognitoRoutes } from "./cognito-messages.ts";
import { clockRoutes } from "./clock.ts";
import { deployRoutes } from "./deploy.ts";
import { faultRoutes } from "./faults.ts";
import { forkRoutes } from "./forks.ts";
import { dynamodbRoutes } from "./dynamodb.ts";
import { functionRoutes } from "./functions.ts";
import { healthRoutes } from "./health.ts";
import { localstackRoutes } from "./localstack.ts";
import type { Route } from "./route.ts";
import { stackRoutes } from "./stacks.ts";
import { snapshotRoutes } from "./snapshots.ts";
import { traceRoutes } from "./trace.ts";

export const routes: readonly Route[] = [
  ...healthRoutes,
  ...forkRoutes,
  ...clockRoutes,
  ...faultRoutes,
  ...functionRoutes,
  ...dynamodbRoutes,
  ...cognitoRoutes,
  ...traceRoutes,
  ...stackRoutes,
  ...snapshotRoutes,
  ...deployRoutes,
  ...callRoutes,
  ...localstackRoutes,
];

/** Routes of one path, by method. */
type Place = { readonly matches: RegExp; readonly names: readonly string[]; readonly methods: Map<string, Route> };

const places: readonly Place[] = placesOf(routes);

export type Found = { readonly methods: ReadonlyMap<string, Route>; readonly parameters: Record<string, string> };

/** What there is at a path, whatever the method. */
export function routesAt(path: string): Found | undefined {
  for (const { matches, names, methods } of places) {
    const match = matches.exec(path);
    if (match === null) continue;
    const parameters = Object.fromEntries(names.map((name, index) => [name, decoded(match[index + 1] ?? "")]));
    return { methods, parameters };
  }
  return undefined;
}

function placesOf(all: readonly Route[]): Place[] {
  const byPath = new Map<string, Place>();
  for (const route of all) {
    const place = byPath.get(route.path) ?? {
      matches: new RegExp(`^${route.path.replace(/\{\w+\}/g, "([^/]+)")}/?$`),
      names: [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name),
      methods: new Map<string, Route>(),
    };
    place.methods.set(route.method, route);
    byPath.set(route.path, place);
  }
  return [...byPath.values()];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
