// Makes the container of an execution environment: Lambda's limits, read-only files except /tmp, and the function's variables alone.

import { hostname } from "node:os";
import type { ContainerEngine } from "../../../kernel/container-engine.ts";
import { imageGone } from "../errors.ts";
import type { ImageRow } from "../store.ts";
import { engineForImages, inspected } from "./container-image.ts";
import { ContainerProcess } from "./container-process.ts";
import type { Deployment } from "./deployment.ts";
import { isAlive } from "./left-behind.ts";
import { containerEnvironment } from "./runtime-environment.ts";
import type { Begun, Given } from "./start-runtime.ts";

const MB = 1024 * 1024;
/** Lambda's own, which may read files that everybody may read. */
const USER = { uid: 993, gid: 990 };
/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const LIMIT = 1024;
const LABEL = "hangar.lambda";
const OWNER = `${hostname()}/${process.pid}`;

let swept = false;

export async function startContainer(deployment: Deployment, image: ImageRow, given: Given): Promise<Begun> {
  const engine = await engineForImages();
  if (!swept) void removeLeftBehind(engine).catch(() => undefined);
  swept = true;
  const found = await inspected(engine, image.id);
  if (found === undefined) throw imageGone(image.uri);
  const { EntryPoint, Command, WorkingDirectory } = image.config ?? {};
  const host = engine.local ? "127.0.0.1" : "host.docker.internal";
  const places = { runtimeApi: `${host}:${given.port}`, logStream: given.logStream };
  const origin = deployment.origin.replace(/\/\/(?:127\.0\.0\.1|localhost)(?=[:/]|$)/, `//${host}`);
  const variables = { AWS_ENDPOINT_URL: origin, ...containerEnvironment(deployment, places, given) };
  const child = new ContainerProcess(engine, {
    Image: image.id,
    Env: Object.entries(variables).map(([name, value]) => `${name}=${value}`),
    Entrypoint: EntryPoint ?? found.Config?.Entrypoint ?? [],
    Cmd: Command ?? found.Config?.Cmd ?? [],
    WorkingDir: WorkingDirectory ?? found.Config?.WorkingDir ?? "",
    User: `${USER.uid}:${USER.gid}`,
    Labels: { [LABEL]: deployment.functionArn, "hangar.process": OWNER },
    HostConfig: hostConfig(engine, deployment),
  });
  return {
    child,
    facts: { runtimeVersion: undefined, freezes: true, extensions: [], inspector: undefined },
    go: () => child.run(),
    ready: () => undefined,
  };
}

/** Files in /tmp are memory to the engine, not to Lambda: they come on top. */
function hostConfig({ local }: ContainerEngine, { memorySize, temporary }: Deployment): object {
  const memory = (memorySize + temporary) * MB;
  return {
    ...(local ? { NetworkMode: "host" } : { ExtraHosts: ["host.docker.internal:host-gateway"] }),
    Memory: memory,
    MemorySwap: memory,
    PidsLimit: LIMIT,
    Ulimits: [{ Name: "nofile", Soft: LIMIT, Hard: LIMIT }],
    ReadonlyRootfs: true,
    // The owner, as engines give it the image's mode.
    Tmpfs: { "/tmp": `rw,exec,nosuid,nodev,mode=1777,uid=${USER.uid},gid=${USER.gid},size=${temporary}m` },
    CapDrop: ["ALL"],
    SecurityOpt: ["no-new-privileges"],
  };
}

/** Containers of clouds that were killed before they could remove them. */
async function removeLeftBehind(engine: ContainerEngine): Promise<void> {
  const filters = encodeURIComponent(JSON.stringify({ label: [LABEL] }));
  const present = (await engine.call("GET", `/containers/json?all=1&filters=${filters}`)) as readonly {
    readonly Id: string;
    readonly Labels?: Readonly<Record<string, string>>;
  }[];
  for (const { Id, Labels } of present) {
    const [machine, pid] = (Labels?.["hangar.process"] ?? "").split("/");
    if (machine === hostname() && !isAlive(Number(pid)))
      await engine.call("DELETE", `/containers/${Id}?force=true&v=true`).catch(() => undefined);
  }
}
