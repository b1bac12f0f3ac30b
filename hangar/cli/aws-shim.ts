// A small stand-in for the AWS CLI in init scripts: `aws SERVICE OPERATION --member value`, typed by AWS's own models.

import { readFileSync } from "node:fs";
import { loadModel, serviceNames } from "../models/load.ts";
import type { Member, ServiceModel } from "../models/model.ts";

const GLOBAL = new Set(["region", "output", "endpoint-url", "profile", "query"]);

async function main(argv: readonly string[]): Promise<void> {
  const words = argv.filter((word) => word !== "--no-cli-pager" && word !== "--debug");
  const [service = "", verb = "", ...rest] = positionalFirst(words);
  const name = CLI_NAMES[service] ?? service;
  if (!serviceNames().includes(name)) throw new Error(`aws: there is no service "${service}" here.`);
  const model = loadModel(name);
  const operation = Object.keys(model.operations).find((each) => kebab(each) === verb);
  if (operation === undefined)
    throw new Error(
      `aws ${service}: there is no operation "${verb}". (Without the AWS CLI only API operations work, not its high-level commands.)`,
    );
  const input = readInput(model, operation, rest);
  const response = await fetch(`${process.env["AWS_ENDPOINT_URL"]}/_hangar/call`, {
    method: "POST",
    body: JSON.stringify({ service: name, operation, input }),
  });
  const answer = (await response.json()) as { message?: string; code?: string };
  if (!response.ok)
    throw new Error(`An error occurred (${answer.code}) when calling the ${operation} operation: ${answer.message}`);
  if (Object.keys(answer).length > 0) process.stdout.write(`${JSON.stringify(answer, null, 4)}\n`);
}

const CLI_NAMES: Readonly<Record<string, string>> = { stepfunctions: "states", s3api: "s3" };

/** Global options may stand before the service. */
function positionalFirst(words: readonly string[]): string[] {
  const out = [...words];
  while (out[0]?.startsWith("--") === true) out.push(...out.splice(0, 2));
  return out;
}

function readInput(model: ServiceModel, operation: string, words: readonly string[]): Record<string, unknown> {
  const shape = model.shapes[model.operations[operation]?.input ?? ""];
  const members = shape !== undefined && "members" in shape ? shape.members : {};
  const input: Record<string, unknown> = {};
  for (let index = 0; index < words.length; index += 1) {
    const word = (words[index] as string).replace(/^--/, "");
    if (GLOBAL.has(word)) {
      index += 1;
      continue;
    }
    const negated = word.startsWith("no-");
    const found = Object.entries(members).find(([name]) => kebab(name) === (negated ? word.slice(3) : word));
    if (found === undefined) throw new Error(`aws ${operation}: unknown option --${word}`);
    const [name, member] = found;
    if (typeOf(model, member) === "boolean") input[name] = !negated;
    else {
      const values: string[] = [];
      while (words[index + 1] !== undefined && !(words[index + 1] as string).startsWith("--"))
        values.push(words[(index += 1)] as string);
      input[name] = valueOf(model, member, values);
    }
  }
  return input;
}

function valueOf(model: ServiceModel, member: Member, values: readonly string[]): unknown {
  const [first = ""] = values;
  const given = first.startsWith("file://") ? readFileSync(first.slice(7), "utf8") : first;
  const type = typeOf(model, member);
  if (type === "string" || type === "timestamp") return given;
  if (type === "blob")
    return { $bytes: first.startsWith("fileb://") ? readFileSync(first.slice(8)).toString("base64") : given };
  if (given.startsWith("{") || given.startsWith("[")) return JSON.parse(given);
  if (type === "list")
    return values.flatMap((each): unknown[] => (each.includes("=") ? [shorthand(each)] : each.split(",")));
  if (type === "map" || type === "structure" || type === "union") return shorthand(given);
  return Number(given);
}

/** `Key=a,Value=b`. */
function shorthand(text: string): Record<string, string> {
  return Object.fromEntries(text.split(",").map((pair) => pair.split(/=(.*)/s).slice(0, 2) as [string, string]));
}

function typeOf(model: ServiceModel, member: Member): string {
  return member.type ?? model.shapes[member.target ?? ""]?.type ?? "string";
}

/** As the AWS CLI writes names: `PutParameter` -> `put-parameter`, `CreateDBInstance` -> `create-db-instance`. */
function kebab(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1-$2")
    .toLowerCase();
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 255;
}
