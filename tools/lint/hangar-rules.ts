// Rules oxlint does not have: time, chance, timers and the environment belong to the world, so only the kernel may touch them.

type Node = { readonly type: string; readonly [field: string]: unknown };
type Context = { report(problem: { node: Node; message: string }): void };

const instead: Readonly<Record<string, string>> = {
  "Date.now": "ctx.clock.now()",
  "Math.random": "ctx.ids",
  "crypto.randomUUID": "ctx.ids",
  "process.env": "a parameter passed down from cli/",
  randomUUID: "ctx.ids",
  setTimeout: "ctx.scheduler",
  setInterval: "ctx.scheduler",
};

const timerModules = new Set(["node:timers", "timers", "node:timers/promises", "timers/promises"]);

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value;
}

function nameOf(value: unknown): string | undefined {
  if (!isNode(value)) return undefined;
  if (value.type === "Identifier") return String(value["name"]);
  if (value.type === "Literal") return String(value["value"]);
  return undefined;
}

/** `Date.now`, `Date["now"]` and `globalThis.Date.now` are the same thing. */
function pathOf(value: unknown): string | undefined {
  if (!isNode(value)) return undefined;
  if (value.type !== "MemberExpression") return value.type === "Identifier" ? nameOf(value) : undefined;
  const owner = pathOf(value["object"]);
  const member = nameOf(value["property"]);
  if (owner === undefined || member === undefined) return undefined;
  return owner === "globalThis" || owner === "global" ? member : `${owner}.${member}`;
}

function forbid(context: Context, node: Node, what: string, use: string | undefined): void {
  const advice = use === undefined ? "" : ` Use ${use}.`;
  context.report({ node, message: `${what} is not of this world: a fork could not replay it.${advice}` });
}

function checkImport(context: Context, node: Node): void {
  const source = nameOf(node["source"]) ?? "";
  const specifiers = Array.isArray(node["specifiers"]) ? node["specifiers"].filter(isNode) : [];
  for (const specifier of specifiers) {
    const imported = nameOf(specifier["imported"]) ?? "";
    const banned = timerModules.has(source) || imported === "randomUUID";
    const environment = imported === "env" && (source === "node:process" || source === "process");
    if (banned) forbid(context, specifier, imported, instead[imported] ?? "ctx.scheduler");
    if (environment) forbid(context, specifier, "process.env", instead["process.env"]);
  }
}

const worldOnly = {
  create(context: Context) {
    return {
      ImportDeclaration: (node: Node) => checkImport(context, node),
      MemberExpression(node: Node) {
        const path = pathOf(node);
        if (path !== undefined && path.includes(".") && path in instead) forbid(context, node, path, instead[path]);
      },
      CallExpression(node: Node) {
        const path = pathOf(node["callee"]);
        if (path !== undefined && !path.includes(".") && path in instead) forbid(context, node, path, instead[path]);
        if (path === "Date") forbid(context, node, "Date()", instead["Date.now"]);
      },
      NewExpression(node: Node) {
        const argless = Array.isArray(node["arguments"]) && node["arguments"].length === 0;
        if (argless && pathOf(node["callee"]) === "Date") forbid(context, node, "new Date()", instead["Date.now"]);
      },
    };
  },
};

export default { meta: { name: "hangar" }, rules: { "world-only": worldOnly } };
