// Makes the container of an execution environment: Lambda's limits, read-only files except /tmp, and the function's variables alone.

import { hostname } from "node:os";
import type { ContainerEngine } from "../../../kernel/container-engine.ts";
import { imageGone } from "../errors.ts";
import type { ImageRow } from "../store.ts";
import { engineForImages, inspected } from "./container-image.ts";
import { architectureRefusal, directoryRefusal } from "../rules/container-end.ts";
import { ExtensionContainers } from "./container-extensions.ts";
import { ContainerProcess, type ContainerSettings } from "./container-process.ts";
import type { Deployment } from "./deployment.ts";
import { extensionVariables } from "./extension-processes.ts";
import { imageFiles } from "./image-files.ts";
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

/** What a container runs. */
type Own = {
  readonly variables: Readonly<Record<string, string>>;
  readonly entryPoint: readonly string[];
  readonly command: readonly string[];
  readonly directory: string;
};

/** Containers of an environment with extensions share files and network with the first. */
type Sharing = "alone" | "holds" | { readonly holder: string };

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
  const labels = labelsOf(deployment);
  const settings = (own: Own, sharing: Sharing): ContainerSettings => ({
    Image: image.id,
    Env: Object.entries(own.variables).map(([name, value]) => `${name}=${value}`),
    Entrypoint: own.entryPoint,
    Cmd: own.command,
    WorkingDir: own.directory,
    User: `${USER.uid}:${USER.gid}`,
    Labels: labels,
    HostConfig: hostConfig(engine, deployment, sharing),
  });
  const runtime = {
    variables,
    entryPoint: EntryPoint ?? found.Config?.Entrypoint ?? [],
    command: Command ?? found.Config?.Cmd ?? [],
    directory: WorkingDirectory ?? found.Config?.WorkingDir ?? "",
  };
  const present = WorkingDirectory?.startsWith("/") === true ? WorkingDirectory : undefined;
  const files = await imageFiles(engine, image.id, present, labels);
  const extensions = new ExtensionContainers(files.extensions, (program, holder) => {
    const own = { variables: extensionVariables(variables), entryPoint: [program], command: [], directory: "/" };
    const child = new ContainerProcess(engine);
    child.run(settings(own, holder === undefined ? "holds" : { holder }));
    return child;
  });
  const child = new ContainerProcess(engine);
  const begin = async (): Promise<void> => {
    const refusal =
      architectureRefusal(found.Architecture, deployment.architecture, [...runtime.entryPoint, ...runtime.command]) ??
      directoryRefusal(runtime.directory, files.refusal);
    if (refusal !== undefined) return child.refuse(refusal);
    const holder = await extensions.holder();
    child.run(settings(runtime, holder === undefined ? "alone" : { holder }));
  };
  return {
    child,
    facts: { runtimeVersion: undefined, freezes: true, extensions: extensions.names, inspector: undefined },
    go: (environment) => {
      if (extensions.names.length === 0) void begin();
      else environment.launch(extensions, () => void begin());
    },
    ready: () => undefined,
  };
}

function labelsOf({ functionArn }: Deployment): Readonly<Record<string, string>> {
  return { [LABEL]: functionArn, "hangar.process": OWNER };
}

/** Files in /tmp are memory to the engine, not to Lambda: they come on top. */
function hostConfig({ local }: ContainerEngine, deployment: Deployment, sharing: Sharing): object {
  const memory = (deployment.memorySize + deployment.temporary) * MB;
  return {
    ...network(local, sharing),
    ...temporaryFiles(deployment, sharing),
    Memory: memory,
    MemorySwap: memory,
    PidsLimit: LIMIT,
    Ulimits: [{ Name: "nofile", Soft: LIMIT, Hard: LIMIT }],
    ReadonlyRootfs: true,
    CapDrop: ["ALL"],
    SecurityOpt: ["no-new-privileges"],
  };
}

/** Those of one environment call each other at 127.0.0.1. */
function network(local: boolean, sharing: Sharing): object {
  if (!local && typeof sharing === "object") return { NetworkMode: `container:${sharing.holder}` };
  const telemetry = ["sandbox.localdomain:127.0.0.1", "sandbox:127.0.0.1"];
  return local
    ? { NetworkMode: "host", ExtraHosts: telemetry }
    : { ExtraHosts: [...telemetry, "host.docker.internal:host-gateway"] };
}

/** What several containers share is a volume, which goes with the last of them. */
function temporaryFiles(deployment: Deployment, sharing: Sharing): object {
  if (typeof sharing === "object") return { VolumesFrom: [sharing.holder] };
  // The owner, as engines give it the image's mode.
  const owner = `nosuid,nodev,mode=1777,uid=${USER.uid},gid=${USER.gid},size=${deployment.temporary}m`;
  if (sharing === "alone") return { Tmpfs: { "/tmp": `rw,exec,${owner}` } };
  const DriverConfig = { Name: "local", Options: { type: "tmpfs", device: "tmpfs", o: owner } };
  return {
    Mounts: [
      { Type: "volume", Target: "/tmp", VolumeOptions: { NoCopy: true, Labels: labelsOf(deployment), DriverConfig } },
    ],
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
