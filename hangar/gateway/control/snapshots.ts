// A world as a folder: saved, loaded in this world's place; and this world taken back to its beginning.

import { isAbsolute } from "node:path";
import { resetWorld } from "../../cloud/reset.ts";
import { restoreSnapshot } from "../../cloud/snapshot-load.ts";
import { saveSnapshot } from "../../cloud/snapshot-save.ts";
import { Refused, type Asked, type Route } from "./route.ts";
import { members, string } from "./schema.ts";

const directory = string("Absolute path on the cloud's machine.", "/app/.hangar/snapshots/checkout");

export const snapshotRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/_hangar/snapshot",
    says: "Saves this world as a folder of readable rows; a snapshot that is there already is replaced.",
    body: members({ directory, "held?": { type: "boolean", description: "The saved world's clock stands still." } }),
    answer: members({ directory: { type: "string" }, rows: { type: "integer" }, blobs: { type: "integer" } }),
    run: (asked) =>
      saveSnapshot(asked.cloud, asked.world, { directory: folderOf(asked), held: asked.body["held"] === true }),
  },
  {
    method: "POST",
    path: "/_hangar/restore",
    says: "Loads a snapshot in this world's place, whole; one that is refused changes nothing.",
    body: members({ directory }),
    answer: members({ now: { type: "number" } }),
    run: async (asked) => {
      await restoreSnapshot(asked.cloud, asked.world, { directory: folderOf(asked) });
      return { now: asked.world.current.clock.now() };
    },
  },
  {
    method: "POST",
    path: "/_hangar/reset",
    says: "Takes this world back to the beginning: the freshly deployed app, or nothing where none was deployed at the start.",
    answer: members({ now: { type: "number" } }),
    run: async ({ cloud, world }) => {
      await resetWorld(cloud, world);
      return { now: world.current.clock.now() };
    },
  },
];

/** What is relative for the caller would be another folder for us. */
function folderOf({ body }: Asked): string {
  const folder = String(body["directory"]);
  if (!isAbsolute(folder)) throw new Refused(400, "InvalidRequest", `directory is an absolute path, not "${folder}".`);
  return folder;
}
