// Which sources a run was of: the commit, and whether anything was changed since.

import { spawnSync } from "node:child_process";

export type SourceState =
  | { readonly commit: string; readonly dirty: boolean }
  /** Why there is no commit to name. */
  | { readonly commit?: undefined; readonly why: string };

/** What Hangar and the CDK write themselves is no change. */
const OURS = [":(exclude,top,glob)**/.hangar/**", ":(exclude,top,glob)**/cdk.out/**"];

export function sourceState(folder: string): SourceState {
  const git = (...words: string[]): { readonly said: string; readonly failed: string | undefined } => {
    const { status, stdout, stderr, error } = spawnSync("git", words, { cwd: folder, encoding: "utf8" });
    return {
      said: (stdout ?? "").trim(),
      failed: status === 0 ? undefined : (error?.message ?? stderr.trim().split("\n")[0] ?? "git failed"),
    };
  };
  const head = git("rev-parse", "--verify", "HEAD");
  if (head.failed !== undefined) return { why: head.failed };
  const changes = git("status", "--porcelain", "--untracked-files=all", "--", ".", ...OURS);
  if (changes.failed !== undefined) return { why: changes.failed };
  return { commit: head.said, dirty: changes.said !== "" };
}
