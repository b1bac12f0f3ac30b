// Lambda's words for an image whose entry point cannot be started. https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-images.html

type Settings = { readonly Entrypoint: readonly string[]; readonly Cmd: readonly string[] };

const REASONS = ["no such file or directory", "permission denied", "exec format error", "is a directory"];

export function startFailure(
  { message }: Error,
  { Entrypoint, Cmd }: Settings,
): { readonly errorType: string; readonly reason: string } {
  const [program] = [...Entrypoint, ...Cmd];
  const errorType = "Runtime.InvalidEntrypoint";
  if (program === undefined) return { errorType, reason: "no entrypoint or command in the image or ImageConfig" };
  if (message.includes("executable file not found"))
    return { errorType, reason: `exec: "${program}": executable file not found in $PATH` };
  const why = REASONS.find((each) => message.includes(each));
  if (why !== undefined && message.includes("chdir"))
    return { errorType: "Runtime.InvalidWorkingDir", reason: `chdir: ${why}` };
  if (why !== undefined && message.includes(program)) return { errorType, reason: `fork/exec ${program}: ${why}` };
  return { errorType: "Runtime.ContainerEngine", reason: message };
}
