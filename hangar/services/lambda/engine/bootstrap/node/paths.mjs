// Lambda's own paths lead to where code and layers are unpacked: for environments without mounts of their own.

import childProcess from "node:child_process";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const FILE_CALLS = [
  "access",
  "accessSync",
  "copyFile",
  "copyFileSync",
  "cp",
  "cpSync",
  "createReadStream",
  "existsSync",
  "lstat",
  "lstatSync",
  "open",
  "openSync",
  "opendir",
  "opendirSync",
  "readFile",
  "readFileSync",
  "readdir",
  "readdirSync",
  "realpath",
  "realpathSync",
  "stat",
  "statSync",
];
const PROGRAM_CALLS = ["spawn", "spawnSync", "execFile", "execFileSync", "fork"];

let places = [];

/** `layers` is undefined when the function has none: then /opt is the machine's own. */
export function mapPaths(taskRoot, layers) {
  places = [["/var/task", taskRoot]];
  if (layers !== undefined) places.push(["/opt", layers]);
  for (const name of FILE_CALLS) {
    wrap(fs, name);
    if (name in fs.promises) wrap(fs.promises, name);
  }
  for (const name of PROGRAM_CALLS) wrap(childProcess, name);
  syncBuiltinESMExports();
}

export function realPath(path) {
  if (typeof path !== "string" || !(path.startsWith("/opt") || path.startsWith("/var/task"))) return path;
  for (const [from, to] of places)
    if (path === from || path.startsWith(`${from}/`)) return to + path.slice(from.length);
  return path;
}

/** What hangs on a function (`realpathSync.native`, its promisified form) stays there. */
function wrap(holder, name) {
  const original = holder[name];
  const mapped = function (path, ...rest) {
    return original.call(this, realPath(path), ...rest);
  };
  holder[name] = Object.defineProperties(mapped, Object.getOwnPropertyDescriptors(original));
}
