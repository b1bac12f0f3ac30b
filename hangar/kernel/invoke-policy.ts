// The policy an authorizer returns, against the method that is called.

export type Verdict = "allow" | "implicit-deny" | "explicit-deny";

type Statement = {
  readonly Effect?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: unknown;
};

/** Undefined where conditions decide. */
export function verdictOf(policy: unknown, arn: string): Verdict | undefined {
  const document = policy as { readonly Statement?: unknown };
  const statements = (
    Array.isArray(document.Statement) ? document.Statement : [document.Statement]
  ) as readonly Statement[];
  let allowed = false;
  for (const statement of statements) {
    if (typeof statement !== "object" || statement === null || !applies(statement, arn)) continue;
    if (statement.Condition !== undefined && Object.keys(statement.Condition as object).length > 0) return undefined;
    if (statement.Effect === "Deny") return "explicit-deny";
    if (statement.Effect === "Allow") allowed = true;
  }
  return allowed ? "allow" : "implicit-deny";
}

function applies({ Action, NotAction, Resource, NotResource }: Statement, arn: string): boolean {
  const action = "execute-api:invoke";
  const acts =
    NotAction === undefined
      ? some(Action, (each) => fits(each.toLowerCase(), action))
      : !some(NotAction, (each) => fits(each.toLowerCase(), action));
  const on =
    NotResource === undefined
      ? some(Resource, (each) => fits(each, arn))
      : !some(NotResource, (each) => fits(each, arn));
  return acts && on;
}

function some(value: unknown, test: (each: string) => boolean): boolean {
  const list = Array.isArray(value) ? value : [value];
  return list.some((each) => typeof each === "string" && test(each));
}

/** `*` is any text, `?` any character. */
function fits(pattern: string, text: string): boolean {
  if (pattern === "*" || pattern === text) return true;
  if (!pattern.includes("*") && !pattern.includes("?")) return false;
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(text);
}
