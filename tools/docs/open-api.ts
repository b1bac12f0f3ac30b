// docs/hangar-api.yaml and the table of routes in docs/harness/http.md, from the table that the gateway itself answers by.

import type { Route } from "../../hangar/gateway/control/route.ts";
import { routes } from "../../hangar/gateway/control/routes.ts";
import type { Schema } from "../../hangar/gateway/control/schema.ts";
import { VERSION } from "../../hangar/cloud/version.ts";

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

const REFUSAL = "#/components/schemas/Refusal";

const COMMON: Readonly<Record<number, string>> = {
  400: "Refused: what is wrong, by the member's name. Nothing has changed.",
  403: "A web page called. None may.",
};

export function openApi(): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) (paths[route.path] ??= {})[route.method.toLowerCase()] = operationOf(route);
  return plain({
    openapi: "3.1.0",
    info: {
      title: "Hangar",
      version: VERSION,
      description:
        "The harness over HTTP. Every path works at the cloud's endpoint, for its main world, and at each fork's url and port, for that fork. Written by `npm run docs`.",
    },
    servers: [
      { url: "http://127.0.0.1:4566", description: "The main world." },
      {
        url: "http://{fork}.localhost:4566",
        description: "One fork.",
        variables: { fork: { default: "fork-1" } },
      },
    ],
    paths,
    components: {
      schemas: {
        Refusal: {
          type: "object",
          properties: {
            code: { type: "string", description: "One word: AWS's own where AWS has one." },
            message: { type: "string" },
          },
          required: ["code", "message"],
        },
      },
    },
  });
}

function operationOf(route: Route): Json {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  const inQuery = Object.entries(route.query ?? {}).map(([name, schema]) => ({ name, in: "query", schema }));
  const parameters = [...inPath, ...inQuery];
  const refusals = Object.entries({ ...COMMON, ...route.refuses }).map(([status, description]) => [
    status,
    { description, content: { "application/json": { schema: { $ref: REFUSAL } } } },
  ]);
  return plain({
    summary: route.says,
    operationId: operationId(route),
    tags: [tagOf(route)],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.body === undefined
      ? {}
      : {
          requestBody: {
            required: (route.body.required ?? []).length > 0,
            content: { "application/json": { schema: route.body } },
          },
        }),
    responses: {
      200: { description: "Done.", content: { "application/json": { schema: route.answer } } },
      ...(Object.fromEntries(refusals) as object),
    },
  });
}

/** `getForksByName`. */
function operationId({ method, path }: Route): string {
  const words = path.replace(/^\/_(hangar\/)?/, "").split(/[/-]/);
  return method.toLowerCase() + words.map((word) => capital(word.replace(/^\{(\w+)\}$/, "by_$1"))).join("");
}

function capital(word: string): string {
  return word.replace(/(^|_)(\w)/g, (_all, _mark: string, letter: string) => letter.toUpperCase());
}

function tagOf({ path }: Route): string {
  const [, room = "", topic = ""] = path.split("/");
  return room === "_hangar" ? topic : room.slice(1);
}

/** Without what is undefined. */
function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

export const ROUTES_PAGE = "docs/harness/http.md";

/** The page with the table of today between its marks. */
export function withRoutes(page: string): string {
  return page.replace(/(<!-- routes -->\n)[^]*(<!-- \/routes -->)/, (_all, open: string, close: string) => {
    return `${open}${routeTable()}\n${close}`;
  });
}

/** One row a route. */
function routeTable(): string {
  const rows = routes.map(({ method, path, says, body, query }) => {
    const takes = [...namesIn(body), ...Object.keys(query ?? {}).map((name) => `?${name}`)].map(
      (name) => `\`${name}\``,
    );
    return `| \`${method} ${path}\` | ${takes.join(", ")} | ${says} |`;
  });
  return ["| | takes | |", "|---|---|---|", ...rows].join("\n");
}

function namesIn(body: Schema | undefined): readonly string[] {
  const required = new Set(body?.required);
  return Object.keys(body?.properties ?? {}).map((name) => (required.has(name) ? name : `${name}?`));
}

/** Blocks of YAML; texts as JSON writes them, which YAML reads as they are. */
export function yamlOf(value: Json, indent = ""): string {
  if (value === null || typeof value !== "object") return ` ${JSON.stringify(value)}\n`;
  if (isList(value)) {
    if (value.every((item) => item === null || typeof item !== "object"))
      return ` [${value.map((item) => JSON.stringify(item)).join(", ")}]\n`;
    return `\n${value.map((item) => `${indent}-${inItem(yamlOf(item, `${indent}  `), indent)}`).join("")}`;
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return " {}\n";
  return `\n${entries.map(([name, each]) => `${indent}${keyOf(name)}:${yamlOf(each, `${indent}  `)}`).join("")}`;
}

/** The first member stands beside the dash. */
function inItem(text: string, indent: string): string {
  return text.replace(new RegExp(`^\\n${indent}  `), " ");
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}

function keyOf(name: string): string {
  return /^[A-Za-z$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

export const API_FILE = "docs/hangar-api.yaml";

export function apiFile(): string {
  return `# Written by \`npm run docs\` from hangar/gateway/control/.${yamlOf(openApi())}`;
}
