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
  if (why !== undefined && message.includes("chdir"))
    return { errorType: "Runtime.InvalidWorkingDir", reason: `chdir: ${why}` };
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
