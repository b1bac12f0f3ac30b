// Starts what an execution environment runs: a process of this machine, from unpacked code.

import type { Credentials } from "../../../ports/access.ts";
import { runtimeVersionName } from "../rules/runtimes.ts";
import { connect } from "./channel.ts";
import type { EnvironmentProcess } from "./child-process.ts";
import type { Deployment } from "./deployment.ts";
import type { Environment } from "./environment.ts";
import type { EnvironmentFacts } from "./environment-facts.ts";
import type { EnvironmentFiles } from "./environment-files.ts";
import { layerPrograms } from "./extension-processes.ts";
import { inspectorFor, type Inspector } from "./inspector.ts";
import { refillPrestarted } from "./prestarted.ts";
import { runtimeEnvironment, type Places } from "./runtime-environment.ts";
import type { Program } from "./runtimes.ts";
import type { Contents } from "./sandbox.ts";
import { startProcess } from "./start-process.ts";

export type Given = {
  /** Of the Runtime API on this machine. */
  readonly port: number;
  readonly logStream: string;
  readonly credentials: Credentials;
  readonly clockOffset: number | undefined;
  /** The function's own variables. */
  readonly own: Readonly<Record<string, string>>;
};

/** Code and layers where they are unpacked, and the program that runs them. */
export type Unpacked = {
  readonly contents: Contents;
  /** As the process sees them. */
  readonly places: Pick<Places, "taskRoot" | "layerRoot" | "scratch">;
  readonly extensions: readonly string[];
  readonly program: Program;
  readonly files: EnvironmentFiles;
};

export type Begun = {
  readonly child: EnvironmentProcess;
  readonly facts: Pick<EnvironmentFacts, "runtimeVersion" | "freezes" | "extensions" | "inspector" | "files">;
  /** Called when the environment listens to it. */
  readonly go: (environment: Environment) => void;
  readonly ready: () => void;
};

export async function startRuntime(deployment: Deployment, unpacked: Unpacked, given: Given): Promise<Begun> {
  const { contents, extensions, files } = unpacked;
  const inspector = unpacked.program.kind === "node" ? await inspectorFor(deployment) : undefined;
  const program = inspector === undefined ? unpacked.program : inspected(unpacked.program, inspector);
  const { clockOffset } = given;
  const places: Places = {
    ...unpacked.places,
    runtimeApi: `127.0.0.1:${given.port}`,
    logStream: given.logStream,
  };
  const variables = runtimeEnvironment(deployment, places, program, given);
  const gated = extensions.length > 0;
  const start = { variables, clockOffset, contents, files, gated, inspected: inspector !== undefined };
  const { child, begin } = await startProcess(program, start, deployment, places);
  const { layerRoot = "" } = contents;
  const programs = { unpacked: layerRoot, layerRoot: places.layerRoot ?? "", names: extensions, variables };
  return {
    child,
    facts: {
      runtimeVersion: versionOf(deployment, program),
      // A debugger has its answers between invocations, too.
      freezes: places.scratch === "/tmp" && inspector === undefined,
      extensions,
      inspector,
      files,
    },
    go: (environment) => {
      inspector?.follow(child);
      if (program.kind === "node") connect(environment, child);
      if (begin === undefined) return;
      const mounted = child.onMounted;
      child.onMounted = () => {
        mounted();
        environment.launch(layerPrograms(programs, child.pid ?? 0), begin);
      };
    },
    ready: () => {
      if (program.kind === "node") refillPrestarted(program);
    },
  };
}

function inspected(program: Program, { option }: Inspector): Program {
  return { ...program, arguments: [option, ...program.arguments] };
}

function versionOf({ runtime }: Deployment, { mismatch }: Program): string {
  return `${runtimeVersionName(runtime)}${mismatch === undefined ? "" : ` (${mismatch})`}`;
}
