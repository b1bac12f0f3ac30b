// The part of JSONPath that mappings use: `$.a.b[0]['c d']`, `*`, and `..name`.

const STEP = /\.\.([\w$-]+|\*)|\.?(\*)|\[\s*(\*|-?\d+|'[^']*'|"[^"]*")\s*\]|\.?([^.[\]]+)/gy;

type Step = { readonly deep: boolean; readonly name: string | number };

/** Undefined for what is not there. Paths that may match more than once give a list. */
export function atJsonPath(root: unknown, path: string): unknown {
  const steps = stepsOf(path.replace(/^\$/, ""));
  if (steps === undefined) return undefined;
  const many = steps.some((step) => step.deep || step.name === "*");
  let found: unknown[] = [root];
  for (const step of steps)
    found = found.flatMap((each) => (step.deep ? below(each).flatMap((at) => take(at, step)) : take(each, step)));
  return many ? found : found[0];
}

function stepsOf(path: string): readonly Step[] | undefined {
  const steps: Step[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < path.length) {
    const found = STEP.exec(path);
    if (found === null) return undefined;
    const [, deep, star, bracket, name] = found;
    if (deep !== undefined) steps.push({ deep: true, name: deep });
    else if (bracket !== undefined && /^-?\d+$/.test(bracket)) steps.push({ deep: false, name: Number(bracket) });
    else
      steps.push({
        deep: false,
        name: star ?? name ?? (bracket === "*" || bracket === undefined ? "*" : bracket.slice(1, -1)),
      });
  }
  return steps;
}

function take(value: unknown, { name }: Step): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  if (name === "*") return Object.values(value);
  if (Array.isArray(value)) {
    const list = value as readonly unknown[];
    const item = typeof name === "number" ? list.at(name) : undefined;
    return item === undefined ? [] : [item];
  }
  return Object.hasOwn(value, name) ? [(value as Readonly<Record<string, unknown>>)[String(name)]] : [];
}

function below(value: unknown): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  return [value, ...Object.values(value).flatMap(below)];
}
