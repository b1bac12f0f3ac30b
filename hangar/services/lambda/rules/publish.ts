// Makes a numbered version of $LATEST, unless nothing changed since the last one.

import type { LambdaContext, VersionRow } from "../store.ts";
import { versionsOf } from "./find.ts";
import { functionNotFound } from "../errors.ts";
import { functionArn } from "./function-name.ts";

export function publish(context: LambdaContext, name: string, description: string): VersionRow {
  const { store } = context;
  const row = store.functions.get(name);
  const latest = store.versions.get(`${name}:$LATEST`);
  if (row === undefined || latest === undefined) throw functionNotFound(functionArn(context, name));
  const last = versionsOf(store, name).at(-1);
  if (
    last !== undefined &&
    last.version !== "$LATEST" &&
    last.environmentId === latest.environmentId &&
    last.code.hash === latest.code.hash
  )
    return last;
  const version = String(row.nextVersion);
  const published: VersionRow = {
    ...latest,
    version,
    description,
    revisionId: context.ids.uuid(),
    modifiedAt: context.clock.now(),
  };
  store.versions.put(`${name}:${version}`, published);
  // Publishing touches $LATEST too: its revision changes, as recorded.
  store.versions.put(`${name}:$LATEST`, { ...latest, revisionId: context.ids.uuid() });
  store.functions.put(name, { ...row, nextVersion: row.nextVersion + 1 });
  return published;
}
