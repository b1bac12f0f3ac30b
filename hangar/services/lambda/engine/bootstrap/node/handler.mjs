// Finds and loads the exported handler, as ES module or CommonJS, with AWS's errors when it is not there.

import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { runtimeError } from "./errors.mjs";

/** `src/index.app.handler` in the task root: file `src/index`, export `app.handler`. */
export async function loadHandler(taskRoot, name) {
  if (name.includes(".."))
    throw runtimeError(
      "Runtime.MalformedHandlerName",
      `'${name}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  const slash = name.lastIndexOf("/");
  const match = /^([^.]*)\.(.*)$/.exec(name.slice(slash + 1));
  if (match === null) throw runtimeError("Runtime.MalformedHandlerName", "Bad handler");
  const [, file, path] = match;
  const module = await load(taskRoot, join(name.slice(0, slash + 1), file));
  const handler = pick(module, path);
  if (handler === undefined) throw runtimeError("Runtime.HandlerNotFound", `${name} is undefined or not exported`);
  if (typeof handler !== "function") throw runtimeError("Runtime.HandlerNotFound", `${name} is not a function`);
  return handler;
}

function pick(module, path) {
  const walk = (from) => path.split(".").reduce((value, part) => value?.[part], from);
  return walk(module) ?? walk(module?.default);
}

async function load(taskRoot, module) {
  const base = resolve(taskRoot, module);
  const file = ["", ".js", ".mjs", ".cjs"]
    .map((extension) => base + extension)
    .find((path) => existsSync(path) && !statSync(path).isDirectory());
  try {
    if (file !== undefined && isModule(file)) return await import(pathToFileURL(file).href);
    return createRequire(join(taskRoot, "index.js"))(file ?? base);
  } catch (error) {
    if (error instanceof SyntaxError) throw runtimeError("Runtime.UserCodeSyntaxError", String(error));
    if (error?.code === "MODULE_NOT_FOUND") throw importError(error, base, module);
    if (error?.code === "ERR_MODULE_NOT_FOUND") error.message += hint(error.message);
    throw error;
  }
}

/** What CommonJS does not find. An ES module's error passes as it is, on AWS too. */
function importError(error, base, module) {
  const [text] = String(error.message).replace(`'${base}'`, `'${module}'`).split("\nRequire stack");
  const stack = [...importers(error), "/var/runtime/index.mjs"].map((file) => `\n- ${file}`).join("");
  return runtimeError("Runtime.ImportModuleError", `Error: ${text}\nRequire stack:${stack}${hint(text)}`);
}

/** The function's files on the way; the last is the one `createRequire` was given. */
function importers({ requireStack = [] }) {
  return requireStack.slice(0, -1);
}

function hint(text) {
  const missing = /['"](@aws-sdk\/[^/'"]+|@smithy\/[^/'"]+)/.exec(text)?.[1];
  if (missing === undefined) return "";
  return `\n(Lambda's runtime brings ${missing}; here it comes from your project: npm install --save-dev ${missing})`;
}

function isModule(file) {
  if (file.endsWith(".mjs")) return true;
  if (file.endsWith(".cjs")) return false;
  for (let directory = dirname(file); ; directory = dirname(directory)) {
    const manifest = join(directory, "package.json");
    if (existsSync(manifest)) return JSON.parse(readFileSync(manifest, "utf8")).type === "module";
    if (directory === dirname(directory)) return false;
  }
}
