// Lambda's words for an image whose entry point cannot be started. https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-images.html

type Settings = { readonly Entrypoint: readonly string[]; readonly Cmd: readonly string[] };

type Failure = { readonly errorType: string; readonly reason: string };

const REASONS = ["no such file or directory", "permission denied", "exec format error", "is a directory"];

export function startFailure({ message }: Error, { Entrypoint, Cmd }: Settings): Failure {
  const [program] = [...Entrypoint, ...Cmd];
  const errorType = "Runtime.InvalidEntrypoint";
  if (program === undefined) return { errorType, reason: "no entrypoint or command in the image or ImageConfig" };
  if (message.includes("executable file not found"))
    return { errorType, reason: `exec: "${program}": executable file not found in $PATH` };
  const why = REASONS.find((each) => message.toLowerCase().includes(each));
  if (why !== undefined && message.includes(program)) return { errorType, reason: `fork/exec ${program}: ${why}` };
  return { errorType: "Runtime.ContainerEngine", reason: message };
}

/** Of a program that the system refuses, engines tell in the container's only line, and have it end. */
export function refusalIn(line: string, { Entrypoint, Cmd }: Settings): Failure | undefined {
  const [whole, path] = /^(?:standard_init_linux\.go:\d+: exec user process caused|exec (\/\S*)): /.exec(line) ?? [];
  const why = REASONS.find((each) => whole !== undefined && line.endsWith(each));
  if (why === undefined) return undefined;
  const [program = ""] = [...Entrypoint, ...Cmd];
  return { errorType: "Runtime.InvalidEntrypoint", reason: `fork/exec ${path ?? program}: ${why}` };
}

/** A container engine would make it. */
export function directoryRefusal(directory: string, refusal: string | undefined): Failure | undefined {
  const errorType = "Runtime.InvalidWorkingDir";
  if (directory !== "" && !directory.startsWith("/"))
    return { errorType, reason: `the working directory '${directory}' is invalid, it needs to be an absolute path` };
  return refusal === undefined ? undefined : { errorType, reason: `chdir ${directory}: ${refusal}` };
}

const PROCESSORS: Readonly<Record<string, string>> = { amd64: "x86_64", arm64: "arm64" };

/** Lambda takes an image for another processor than the function's: its program cannot be executed. */
export function architectureRefusal(
  image: string | undefined,
  wanted: string,
  [program = ""]: readonly string[],
): Failure | undefined {
  const present = PROCESSORS[image ?? ""];
  if (present === undefined || present === wanted) return undefined;
  return { errorType: "Runtime.InvalidEntrypoint", reason: `fork/exec ${program}: exec format error` };
}
