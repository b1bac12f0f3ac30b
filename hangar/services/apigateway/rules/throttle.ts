// Which of a stage's settings a method has.

import type { MethodSetting } from "../../../models/apigateway.d.ts";
import { unescapeSegment } from "./patch.ts";
import type { StageRow } from "../store.ts";

/** A stage's settings for a method: its own, else those for all. `place` names whose they are. */
export function methodSetting(
  { methodSettings = {} }: StageRow,
  path: string,
  httpMethod: string,
): { readonly place: string; readonly setting: MethodSetting } | undefined {
  for (const [place, setting] of Object.entries(methodSettings)) {
    const at = place.lastIndexOf("/");
    const resource = unescapeSegment(place.slice(0, at));
    const named = resource === path || `/${resource}` === path || (resource === "" && path === "/");
    if (named && place.slice(at + 1) === httpMethod) return { place, setting };
  }
  const all = methodSettings["*/*"];
  return all === undefined ? undefined : { place: "*/*", setting: all };
}
