// Event filtering: which records a mapping's patterns let through.
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html

type Json = unknown;

/** Whether a pattern's text is one: an object whose leaves are non-empty lists. */
export function isPattern(text: string): boolean {
  try {
    return isPatternObject(JSON.parse(text) as Json);
  } catch {
    return false;
  }
}

function isPatternObject(value: Json): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(([key, inner]) =>
    Array.isArray(inner) ? (key === "$or" ? inner.every(isPatternObject) : inner.length > 0) : isPatternObject(inner),
  );
}

/** No patterns let everything through. */
export function passes(patterns: readonly string[], event: Json): boolean {
  return patterns.length === 0 || patterns.some((pattern) => matches(JSON.parse(pattern) as Json, event));
}

/** Whether any pattern looks into the body as data: then a body that is no JSON cannot match. */
export function matches(pattern: Json, event: Json): boolean {
  if (typeof pattern !== "object" || pattern === null) return false;
  return Object.entries(pattern).every(([key, wanted]) => {
    if (key === "$or" && Array.isArray(wanted)) return wanted.some((each) => matches(each, event));
    const value =
      typeof event === "object" && event !== null && !Array.isArray(event)
        ? (event as Record<string, Json>)[key]
        : undefined;
    if (Array.isArray(wanted)) return matchesAny(wanted, value);
    return matches(wanted, value);
  });
}

function matchesAny(tests: readonly Json[], value: Json): boolean {
  // A list in the event matches when one of its elements does.
  const values = Array.isArray(value) ? value : [value];
  return tests.some((test) => values.some((each) => matchesOne(test, each)));
}

function matchesOne(test: Json, value: Json): boolean {
  if (typeof test !== "object" || test === null) return test === value;
  const [kind, argument] = Object.entries(test)[0] ?? [];
  if (kind === "exists") return argument === (value !== undefined);
  if (value === undefined) return false;
  const text = typeof value === "string" ? value : "";
  switch (kind) {
    case "prefix":
      return (
        typeof value === "string" &&
        (typeof argument === "object"
          ? text.toLowerCase().startsWith(ignoring(argument))
          : text.startsWith(String(argument)))
      );
    case "suffix":
      return (
        typeof value === "string" &&
        (typeof argument === "object"
          ? text.toLowerCase().endsWith(ignoring(argument))
          : text.endsWith(String(argument)))
      );
    case "equals-ignore-case":
      return typeof value === "string" && text.toLowerCase() === String(argument).toLowerCase();
    case "anything-but":
      return !anythingBut(argument, value);
    case "numeric":
      return Array.isArray(argument) && numeric(argument, value);
    case "wildcard":
      return typeof value === "string" && wildcard(String(argument)).test(text);
    default:
      return false;
  }
}

function ignoring(argument: Json): string {
  const text = (argument as Record<string, Json> | null)?.["equals-ignore-case"];
  return typeof text === "string" ? text.toLowerCase() : "";
}

function anythingBut(argument: Json, value: Json): boolean {
  if (Array.isArray(argument)) return argument.some((each) => matchesOne(each, value));
  return matchesOne(argument, value);
}

/** DynamoDB's numbers come as text, and are none to these tests. */
function numeric(tests: readonly Json[], value: Json): boolean {
  if (typeof value !== "number") return false;
  for (let index = 0; index + 1 < tests.length; index += 2)
    if (!compare(String(tests[index]), value, Number(tests[index + 1]))) return false;
  return true;
}

function compare(operator: string, a: number, b: number): boolean {
  if (operator === ">") return a > b;
  if (operator === ">=") return a >= b;
  if (operator === "<") return a < b;
  if (operator === "<=") return a <= b;
  return operator === "=" && a === b;
}

function wildcard(pattern: string): RegExp {
  return new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`, "s");
}
