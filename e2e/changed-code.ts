// The code of one of Nebula's functions with a file changed, as a zip for UpdateFunctionCode.
import { basename, join } from "node:path";
import { build } from "esbuild";
import { zipSync } from "fflate";

/** `handler` names a folder of handlers/, `file` a file of changed/ that takes the place of its namesake. */
export async function changedCode(handler: string, file: string): Promise<Uint8Array> {
  const name = basename(file, ".ts");
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, "../handlers", handler, "main.ts")],
    bundle: true,
    platform: "node",
    target: "node22",
    external: ["@aws-sdk/*"],
    write: false,
    plugins: [
      {
        name: "changed",
        setup: ({ onResolve }) =>
          onResolve({ filter: new RegExp(`/${name}\\.ts$`) }, () => ({
            path: join(import.meta.dirname, "changed", file),
          })),
      },
    ],
  });
  return zipSync(Object.fromEntries(outputFiles.map(({ contents }) => ["index.js", contents])));
}
