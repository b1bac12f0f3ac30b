// A handler and its packages in one file, as CDK's NodejsFunction makes it: all but what Lambda's runtime brings.

import { build } from "esbuild";
import { fileURLToPath } from "node:url";

export async function bundled(contents: string): Promise<Record<string, Uint8Array>> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL(".", import.meta.url)), loader: "ts" },
    bundle: true,
    platform: "node",
    target: "node22",
    format: "cjs",
    external: ["@aws-sdk/*", "@smithy/*"],
    write: false,
    logLevel: "error",
  });
  return { "index.js": outputFiles[0]?.contents ?? new Uint8Array() };
}
