// Where modules are found that are not in the code: layers first, then the AWS SDK that Lambda's runtime would bring.

import Module, { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import process from "node:process";
import { realPath } from "./paths.mjs";

const RUNTIME_PACKAGES = /^(@aws-sdk|@smithy|@aws-crypto|@aws)\//;

/** `places`: directories whose node_modules hold the AWS SDK. NODE_PATH (layers) counts for ES modules here too, as it does in Lambda. */
export function addModulePlaces(places) {
  Module._initPaths?.();
  const layers = (process.env.NODE_PATH ?? "").split(":").filter((path) => path !== "" && !path.startsWith("/var/"));
  const fallbacks = (specifier) => [
    ...layers.map((path) => join(path, "..", "layer.js")),
    ...(RUNTIME_PACKAGES.test(specifier) ? places.map((path) => join(path, "runtime.js")) : []),
  ];
  // A hook cannot make require() look from another parent: that falls back on its own.
  patchRequire(fallbacks);
  if (Module.registerHooks === undefined) return;
  Module.registerHooks({
    resolve(name, context, nextResolve) {
      const specifier = realPath(name);
      try {
        return nextResolve(specifier, context);
      } catch (error) {
        if (!isBare(specifier)) throw error;
        for (const parent of fallbacks(specifier)) {
          try {
            return nextResolve(specifier, { ...context, parentURL: pathToFileURL(parent).href });
          } catch {
            // The next place may have it.
          }
        }
        throw error;
      }
    },
  });
}

function isBare(specifier) {
  return !specifier.startsWith(".") && !specifier.startsWith("/") && !specifier.includes(":");
}

/** Before Node 22.15 there are no synchronous hooks: then only require() falls back. */
function patchRequire(fallbacks) {
  const original = Module._resolveFilename;
  let falling = false;
  Module._resolveFilename = function resolveWithFallback(name, ...rest) {
    const specifier = realPath(name);
    try {
      return original.call(this, specifier, ...rest);
    } catch (error) {
      // The places' own look-ups come through here too.
      if (falling || !isBare(specifier)) throw error;
      falling = true;
      try {
        for (const parent of fallbacks(specifier)) {
          try {
            return createRequire(parent).resolve(specifier);
          } catch {
            // The next place may have it.
          }
        }
      } finally {
        falling = false;
      }
      throw error;
    }
  };
}
