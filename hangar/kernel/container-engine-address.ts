// Where the user's container engine listens: what the variables, Docker's context or the usual places say.

import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

export type EngineAddress = { readonly socketPath: string } | { readonly host: string; readonly port: number };

/** `from` is who says so; the address is text where it is one that cannot be used. */
export type Candidate = { readonly from: string; readonly address: EngineAddress | string };

/** What somebody has named stands alone; else every socket that is there. */
export function engineAddresses(): Candidate[] {
  for (const from of ["DOCKER_HOST", "CONTAINER_HOST"]) {
    const named = process.env[from];
    if (named !== undefined && named !== "") return [{ from, address: parsed(named) }];
  }
  const context = contextHost();
  if (context !== undefined) return [context];
  return usualSockets()
    .filter((socketPath) => process.platform === "win32" || existsSync(socketPath))
    .map((socketPath) => ({ from: socketPath, address: { socketPath } }));
}

function parsed(url: string): EngineAddress | string {
  const [, scheme, rest = ""] = /^(\w+):\/\/(.*)$/.exec(url) ?? [];
  if (scheme === "unix" || scheme === "npipe") return { socketPath: rest.replaceAll("\\", "/") };
  if (scheme !== "tcp" && scheme !== "http") return `${url} is not spoken here: unix, npipe and tcp are`;
  if ((process.env["DOCKER_TLS_VERIFY"] ?? "") !== "") return `${url} asks for TLS, which is not spoken here`;
  const { hostname, port } = new URL(`http://${rest}`);
  return { host: hostname, port: Number(port === "" ? 2375 : port) };
}

/** Of `docker context use`. */
function contextHost(): Candidate | undefined {
  const folder = process.env["DOCKER_CONFIG"] ?? join(homedir(), ".docker");
  const { currentContext: name } = jsonIn(join(folder, "config.json")) as { readonly currentContext?: string };
  if (name === undefined || name === "" || name === "default") return undefined;
  const id = createHash("sha256").update(name).digest("hex");
  const { Endpoints } = jsonIn(join(folder, "contexts", "meta", id, "meta.json")) as {
    readonly Endpoints?: { readonly docker?: { readonly Host?: string } };
  };
  const host = Endpoints?.docker?.Host;
  return host === undefined ? undefined : { from: `Docker's context ${name}`, address: parsed(host) };
}

function jsonIn(path: string): object {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as object;
  } catch {
    return {};
  }
}

function usualSockets(): string[] {
  if (process.platform === "win32") return ["//./pipe/docker_engine"];
  const own = process.env["XDG_RUNTIME_DIR"];
  const podman = join(homedir(), ".local", "share", "containers", "podman", "machine", "podman.sock");
  return [
    "/var/run/docker.sock",
    ...(own === undefined ? [] : [join(own, "docker.sock"), join(own, "podman", "podman.sock")]),
    join(homedir(), ".docker", "run", "docker.sock"),
    join(homedir(), ".colima", "default", "docker.sock"),
    podman,
    "/run/podman/podman.sock",
  ];
}
