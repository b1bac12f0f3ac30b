// LocalStack's own paths, for scripts, Testcontainers modules and wait-on that know them.

import type { Cloud } from "../../cloud/cloud.ts";
import { services } from "../../cloud/services.ts";
import type { Route } from "./route.ts";
import { listOf, mapOf, members, string, type Schema } from "./schema.ts";

const edition: Schema = { type: "string", enum: ["hangar"] };
const scripts = listOf(members({ name: { type: "string" }, stage: { type: "string" }, state: { type: "string" } }));

export const localstackRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/_localstack/health",
    says: "Services under LocalStack's names; HEAD tells that somebody answers.",
    answer: members({ services: mapOf({ type: "string" }), edition, version: string("Hangar's own.") }),
    run: ({ cloud }) => ({
      services: Object.fromEntries(Object.keys(services).map((name) => [LOCALSTACK_NAMES[name] ?? name, "available"])),
      edition: "hangar",
      version: cloud.version,
    }),
  },
  {
    method: "GET",
    path: "/_localstack/info",
    says: "Version and edition.",
    answer: members({ version: string("Hangar's own."), edition }),
    run: ({ cloud }) => ({ version: cloud.version, edition: "hangar" }),
  },
  {
    method: "GET",
    path: "/_localstack/init",
    says: "How far the init scripts have come.",
    answer: members({ completed: mapOf({ type: "boolean" }), scripts }),
    run: ({ cloud }) => initState(cloud),
  },
  {
    method: "GET",
    path: "/_localstack/init/ready",
    says: "Whether all scripts of ready.d have run.",
    answer: members({ completed: { type: "boolean" }, scripts }),
    run: ({ cloud }) => ({ completed: cloud.initCompleted, scripts: cloud.initScripts }),
  },
];

const LOCALSTACK_NAMES: Readonly<Record<string, string>> = { states: "stepfunctions" };

function initState(cloud: Cloud): unknown {
  return {
    completed: { BOOT: true, START: true, READY: cloud.initCompleted, SHUTDOWN: false },
    scripts: cloud.initScripts,
  };
}
