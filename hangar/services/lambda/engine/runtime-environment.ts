// The variables of an execution environment: the function's own, its credentials and Lambda's, and nothing of the host's.

import { delimiter, join } from "node:path";
import type { Credentials } from "../../../ports/access.ts";
import { initializationType, type Deployment } from "./deployment.ts";
import type { Program } from "./runtimes.ts";
import type { Given } from "./start-runtime.ts";

export type Places = {
  /** As the process sees them: /var/task and /opt where it has mounts of its own. */
  readonly taskRoot: string;
  readonly layerRoot: string | undefined;
  /** Home, and the directory for temporary files where that is not /tmp. */
  readonly scratch: string;
  /** `host:port/prefix` */
  readonly runtimeApi: string;
  readonly logStream: string;
};

export function runtimeEnvironment(
  deployment: Deployment,
  places: Places,
  program: Program,
  { credentials, clockOffset, own }: Given,
): Record<string, string> {
  return {
    ...lambdaVariables(deployment, places),
    ...processVariables(deployment, places),
    ...layerVariables(places, deployment.runtime),
    ...(program.kind === "python" && program.packages !== undefined ? { HANGAR_PACKAGES: program.packages } : {}),
    ...(program.kind === "python" && places.layerRoot !== undefined ? { HANGAR_LAYERS: places.layerRoot } : {}),
    ...(program.kind === "python" || program.kind === "ruby" ? { HANGAR_ENDPOINT: deployment.origin } : {}),
    ...(program.kind === "python" && clockOffset !== undefined ? { HANGAR_CLOCK_OFFSET_MS: String(clockOffset) } : {}),
    ...program.variables,
    AWS_ENDPOINT_URL: deployment.origin,
    ...own,
    ...keyVariables(credentials),
  };
}

/** What an image gets: the rest is its own. */
export function containerEnvironment(
  deployment: Deployment,
  places: Pick<Places, "runtimeApi" | "logStream">,
  { credentials, own }: Given,
): Record<string, string> {
  return { ...lambdaVariables(deployment, places), ...own, ...keyVariables(credentials) };
}

function keyVariables({ accessKeyId, secretAccessKey, sessionToken }: Credentials): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
  };
}

function lambdaVariables(
  deployment: Deployment,
  places: Pick<Places, "runtimeApi" | "logStream">,
): Record<string, string> {
  return {
    AWS_REGION: deployment.region,
    AWS_DEFAULT_REGION: deployment.region,
    AWS_LAMBDA_FUNCTION_NAME: deployment.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: deployment.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(deployment.memorySize),
    AWS_LAMBDA_INITIALIZATION_TYPE: initializationType(deployment),
    AWS_LAMBDA_LOG_GROUP_NAME: deployment.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: places.logStream,
    AWS_LAMBDA_LOG_FORMAT: deployment.logFormat,
    ...(deployment.logLevel === undefined ? {} : { AWS_LAMBDA_LOG_LEVEL: deployment.logLevel }),
    AWS_LAMBDA_RUNTIME_API: places.runtimeApi,
    AWS_XRAY_CONTEXT_MISSING: "LOG_ERROR",
    // There is no instance metadata to ask.
    AWS_EC2_METADATA_DISABLED: "true",
  };
}

function processVariables(deployment: Deployment, places: Places): Record<string, string> {
  return {
    AWS_EXECUTION_ENV: `AWS_Lambda_${deployment.runtime}`,
    LAMBDA_TASK_ROOT: places.taskRoot,
    _HANDLER: deployment.handler,
    LANG: "en_US.UTF-8",
    TZ: "UTC",
    PWD: places.taskRoot,
    // Lambda has none; without it SDKs would look into the host user's ~/.aws.
    HOME: places.scratch,
    ...(places.scratch === "/tmp" ? {} : { TMPDIR: places.scratch }),
  };
}

/** Bundles lie where the function's version has them; RUBYGEMS adds the machine's own. */
function rubyVariables({ taskRoot, layerRoot }: Places, version: string): Record<string, string> {
  const bundle = join(taskRoot, "vendor", "bundle", "ruby", version);
  if (layerRoot === undefined) return { GEM_PATH: `${bundle}:`, RUBYLIB: taskRoot };
  const gems = join(layerRoot, "ruby", "gems", version);
  return { GEM_PATH: `${bundle}:${gems}:`, RUBYLIB: `${taskRoot}:${join(layerRoot, "ruby", "lib")}` };
}

/** What runtimes look for in /opt is named by variables: it may lie elsewhere. */
function layerVariables(places: Places, runtime: string): Record<string, string> {
  const opt = places.layerRoot;
  const list = (...paths: readonly (string | undefined)[]): string =>
    paths.filter((path) => path !== undefined).join(delimiter);
  const inOpt = (...path: readonly string[]): string | undefined =>
    opt === undefined ? undefined : join(opt, ...path);
  const version = /^nodejs(\d+)/.exec(runtime)?.[1];
  return {
    PATH: list("/var/lang/bin", "/usr/local/bin", "/usr/bin", "/bin", inOpt("bin")),
    LAMBDA_RUNTIME_DIR: "/var/runtime",
    LD_LIBRARY_PATH: list(places.taskRoot, join(places.taskRoot, "lib"), inOpt("lib")),
    ...(version === undefined
      ? {}
      : {
          NODE_PATH: list(
            inOpt("nodejs", `node${version}`, "node_modules"),
            inOpt("nodejs", "node_modules"),
            places.taskRoot,
          ),
        }),
    ...(runtime.startsWith("python")
      ? {
          PYTHONPATH: list(places.taskRoot, inOpt("python"), inOpt("python", "lib", runtime, "site-packages")),
          PYTHONDONTWRITEBYTECODE: "1",
        }
      : {}),
    ...(runtime.startsWith("ruby") ? rubyVariables(places, `${runtime.slice("ruby".length)}.0`) : {}),
  };
}
