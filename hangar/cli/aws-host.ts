// What this machine says about AWS: its variables, the SDKs' shared files, and the CDK's own settings.

import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { readConfigFile, type ConfigFile } from "../targets/aws-config-file.ts";
import type { HostFacts } from "../targets/aws-guard.ts";

/** `project`: the folder of cdk.json. */
export function awsHost(project: string): HostFacts {
  const cdkProfiles = [join(project, "cdk.json"), join(homedir(), ".cdk.json")].flatMap((file) => {
    const { profile } = JSON.parse(textOf(file) ?? "{}") as { readonly profile?: string };
    return profile === undefined ? [] : [[file, profile] as const];
  });
  return {
    environment: process.env,
    config: shared("AWS_CONFIG_FILE", "config"),
    credentials: shared("AWS_SHARED_CREDENTIALS_FILE", "credentials"),
    cdkProfiles: Object.fromEntries(cdkProfiles),
  };
}

function shared(variable: string, kind: "config" | "credentials"): ConfigFile {
  const file = process.env[variable] || join(homedir(), ".aws", kind);
  return readConfigFile(textOf(file) ?? "", kind);
}

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
