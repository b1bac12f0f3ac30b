// The path and method that an API's event names.

import { textOf } from "../values.ts";
import type { Event } from "./event.ts";

export type Route = { readonly path: string; readonly method: string };

export function routeOf({ properties }: Event): Route {
  return { path: textOf(properties["Path"]) ?? "", method: (textOf(properties["Method"]) ?? "").toLowerCase() };
}
