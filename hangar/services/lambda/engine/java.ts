// Which Java of this machine runs a java function, and where AWS's runtime interface client for it lies.

import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { invalidRuntime } from "../errors.ts";
import type { Program, Seen } from "./runtimes.ts";

const MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
const CLIENT = "aws-lambda-java-runtime-interface-client";
/** The client and what it needs. */
const JARS = [CLIENT, "aws-lambda-java-core", "aws-lambda-java-serialization"];
const NEWEST_CLIENT = "2.6.0";
const MACHINES = "/usr/lib/jvm";

type Java = { readonly path: string; readonly major: number; readonly version: string };

const javas = new Map<string, Promise<Java | undefined>>();

/** Throws InvalidRuntimeException, which names what is missing. */
export async function javaProgram(
  runtime: string,
  seen: Seen,
  { handler, memorySize }: { readonly handler: string; readonly memorySize: number },
): Promise<Program> {
  const wanted = Number(/^java(\d+)/.exec(runtime)?.[1]);
  const java = await nearestJava(wanted);
  if (java === undefined)
    throw invalidRuntime(runtime, `Install a JDK, e.g. on Debian: apt-get install openjdk-${wanted}-jre-headless.`);
  const folders = [
    { real: seen.contents.taskRoot, at: seen.taskRoot, lib: "lib" },
    ...(seen.contents.layerRoot === undefined
      ? []
      : [{ real: seen.contents.layerRoot, at: seen.layerRoot ?? "", lib: "java/lib" }]),
  ];
  const own = folders.some(({ real, lib }) => namesIn(join(real, lib)).some((name) => name.startsWith(CLIENT)));
  const client = own ? [] : clientJars(runtime);
  const classes = folders.flatMap(({ at, lib }) => (lib === "lib" ? [at, join(at, lib, "*")] : [join(at, lib, "*")]));
  // As Lambda starts it: one collector thread, the quick compiler, most of the memory for the heap.
  const settings = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", `-Xmx${Math.round(memorySize * 0.8)}m`];
  return {
    kind: "java",
    command: java.path,
    arguments: [...settings, "-cp", [...classes, ...client].join(":"), MAIN, handler],
    names: ["java"],
    version: java.version,
    mismatch: java.major === wanted ? undefined : `${runtime} runs on Java ${java.version} here.`,
    packages: own ? undefined : repository(),
  };
}

function repository(): string {
  return join(homedir(), ".m2", "repository", "com", "amazonaws");
}

/** From Maven's own store on this machine. */
function clientJars(runtime: string): string[] {
  return JARS.map((name) => {
    const versions = namesIn(join(repository(), name)).toSorted((one, other) =>
      other.localeCompare(one, "en", { numeric: true }),
    );
    const jar = versions.map((version) => join(repository(), name, version, `${name}-${version}.jar`)).find(existsSync);
    if (jar === undefined)
      throw invalidRuntime(
        runtime,
        `${name} is not in ~/.m2: mvn dependency:get -Dartifact=com.amazonaws:${CLIENT}:${NEWEST_CLIENT}`,
      );
    return jar;
  });
}

/** The exact version, else the nearest newer one, else the machine's own. */
async function nearestJava(wanted: number): Promise<Java | undefined> {
  const homes = [process.env["JAVA_HOME"], ...namesIn(MACHINES).map((name) => join(MACHINES, name))];
  const commands = homes.flatMap((home) => (home === undefined ? [] : [join(home, "bin", "java")])).filter(existsSync);
  const own = await askJava("java");
  const all = [own, ...(await Promise.all(commands.map(askJava)))].filter((java) => java !== undefined);
  const newer = all.filter(({ major }) => major >= wanted).toSorted((one, other) => one.major - other.major);
  return newer[0] ?? own;
}

function askJava(command: string): Promise<Java | undefined> {
  let answer = javas.get(command);
  if (answer === undefined) {
    answer = new Promise((resolve) => {
      execFile(command, ["-XshowSettings:properties", "-version"], { timeout: 10_000 }, (error, _output, said) => {
        const fact = (name: string): string => new RegExp(`${name} = (.+)`).exec(said)?.[1] ?? "";
        const [home, version] = [fact("java\\.home"), fact("java\\.version")];
        const found = error === null && home !== "";
        resolve(found ? { path: join(home, "bin", "java"), major: Number.parseInt(version), version } : undefined);
      });
    });
    javas.set(command, answer);
  }
  return answer;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
