// LocalStack's own paths, for scripts, Testcontainers modules and wait-on that know them. https://docs.localstack.cloud/aws/capabilities/networking/internal-endpoints/

import { resetWorld } from "../../cloud/reset.ts";
import { services } from "../../cloud/services.ts";
import { Refused, type Asked, type Route } from "./route.ts";
import { listOf, mapOf, members, string, type Schema } from "./schema.ts";

const edition: Schema = { type: "string", enum: ["hangar"] };
const version = string("Hangar's own.", "0.1.0");
const scripts = listOf(
  members({
    name: string("File name.", "10-parameters.sh"),
    stage: { type: "string", enum: ["READY"] },
    state: { type: "string", enum: ["SUCCESSFUL", "ERROR"] },
  }),
);
const plugin = members({
  name: string("`service:default`.", "s3:default"),
  is_initialized: { type: "boolean" },
  is_loaded: { type: "boolean" },
});

export const localstackRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/_localstack/health",
    says: "Services by name: `running` once used, else `available`. HEAD tells that somebody answers.",
    answer: members({
      services: mapOf({ type: "string", enum: ["available", "running"] }),
      edition,
      version,
    }),
    run: ({ cloud }) => ({
      services: Object.fromEntries(
        Object.keys(services).map((name) => [name, cloud.loaded(name) === undefined ? "available" : "running"]),
      ),
      edition: "hangar",
      version: cloud.version,
    }),
  },
  {
    method: "POST",
    path: "/_localstack/health",
    says: "`kill` ends a cloud that `hangar start` or `up` runs. `restart` is not emulated.",
    body: {
      type: "object",
      properties: { action: { type: "string", enum: ["kill", "restart"] } },
      required: ["action"],
    },
    answer: members({ status: { type: "string", enum: ["OK"] } }),
    refuses: { 501: "This cloud cannot do that." },
    run: actOn,
  },
  {
    method: "GET",
    path: "/_localstack/info",
    says: "Version and edition.",
    answer: members({
      version,
      edition,
      is_license_activated: { type: "boolean", enum: [false] },
      system: string("Of the host.", "linux,x64"),
      server_time_utc: string("The main world's.", "2026-11-21T18:23:47"),
      uptime: { type: "integer", description: "Seconds." },
    }),
    run: ({ cloud, world }) => ({
      version: cloud.version,
      edition: "hangar",
      is_license_activated: false,
      system: `${process.platform},${process.arch}`,
      server_time_utc: world.clock.date().toISOString().slice(0, 19),
      uptime: Math.floor(process.uptime()),
    }),
  },
  {
    method: "GET",
    path: "/_localstack/init",
    says: "How far the init scripts have come.",
    answer: members({ completed: mapOf({ type: "boolean" }), scripts }),
    run: ({ cloud }) => ({ completed: stagesOf(cloud.initCompleted), scripts: cloud.initScripts }),
  },
  {
    method: "GET",
    path: "/_localstack/init/{stage}",
    says: "Whether all scripts of a stage (boot, start, ready, shutdown) have run; here only ready.d has any.",
    answer: members({ completed: { type: "boolean" }, scripts }),
    refuses: { 404: "There is no such stage." },
    run: stageOf,
  },
  {
    method: "POST",
    path: "/_localstack/state/reset",
    says: "As `POST /_hangar/reset`: this world goes back to the beginning.",
    answer: members({}),
    run: ({ cloud, world }) => resetWorld(cloud, world),
  },
  {
    method: "GET",
    path: "/_localstack/plugins",
    says: "Services as LocalStack lists its providers.",
    answer: members({ "localstack.aws.provider": listOf(plugin) }),
    run: ({ cloud }) => ({
      "localstack.aws.provider": Object.keys(services).map((name) => {
        const loaded = cloud.loaded(name) !== undefined;
        return { name: `${name}:default`, is_initialized: loaded, is_loaded: loaded };
      }),
    }),
  },
];

function stagesOf(ready: boolean): Readonly<Record<string, boolean>> {
  return { BOOT: true, START: true, READY: ready, SHUTDOWN: false };
}

function stageOf({ cloud, parameters: { stage = "" } }: Asked): unknown {
  const completed = stagesOf(cloud.initCompleted)[stage.toUpperCase()];
  if (completed === undefined) throw new Refused(404, "NotFound", `no such stage ${stage}`);
  return { completed, scripts: stage.toUpperCase() === "READY" ? cloud.initScripts : [] };
}

function actOn({ cloud, body: { action } }: Asked): unknown {
  const { end } = cloud;
  if (action !== "kill")
    throw new Refused(
      501,
      "NotEmulated",
      "Hangar does not restart itself. A world goes back with POST /_hangar/reset.",
    );
  if (end === undefined)
    throw new Refused(501, "NotEmulated", "The program that started this cloud ends it: no command runs it.");
  // The answer goes first.
  setImmediate(end);
  return { status: "OK" };
}
