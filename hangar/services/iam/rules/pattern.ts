// Matches policy texts with `*`, `?` and policy variables against values, as IAM does.

/** Values of a condition key in the request; undefined when it has none. Keys in lower case. */
export type Lookup = {
  values(key: string): readonly string[] | undefined;
  /** True when nobody can know the key here: conditions on it are taken as met. */ unknown?(key: string): boolean;
};

export type Matcher = (value: string, lookup: Lookup) => boolean;

export type PatternOptions = {
  /** Wildcards stay within the first five parts of an ARN. */
  readonly arn?: boolean;
  readonly ignoreCase?: boolean;
  /** Version 2012-10-17 policies only. */
  readonly variables?: boolean;
  /** False: `*` and `?` stand for themselves. */
  readonly wildcards?: boolean;
};

type Token =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "any" }
  | { readonly kind: "one" }
  | { readonly kind: "variable"; readonly key: string; readonly otherwise: string | undefined };

const VARIABLE = /\$\{([^}]*)\}/y;

export function matcher(pattern: string, options: PatternOptions): Matcher {
  if (options.wildcards !== false && pattern === "*") return () => true;
  const tokens = tokensOf(pattern, options);
  if (tokens.some((token) => token.kind === "variable")) {
    return (value, lookup) => {
      const source = sourceOf(tokens, options, lookup);
      return source !== undefined && new RegExp(`^${source}$`, options.ignoreCase === true ? "isu" : "su").test(value);
    };
  }
  const simple = simpleMatcher(tokens, options);
  if (simple !== undefined) return simple;
  const expression = new RegExp(`^${sourceOf(tokens, options) ?? ""}$`, options.ignoreCase === true ? "isu" : "su");
  return (value) => expression.test(value);
}

/** Equality and plain prefixes need no regular expression. */
function simpleMatcher(tokens: readonly Token[], options: PatternOptions): Matcher | undefined {
  const [first, second] = tokens;
  if (tokens.length === 0) return (value) => value === "";
  if (first?.kind !== "text") return undefined;
  const text = options.ignoreCase === true ? first.text.toLowerCase() : first.text;
  if (tokens.length === 1)
    return options.ignoreCase === true ? (value) => value.toLowerCase() === text : (value) => value === text;
  if (tokens.length > 2 || second?.kind !== "any") return undefined;
  if (options.arn === true && colons(text) < 5) return undefined;
  return options.ignoreCase === true
    ? (value) => value.toLowerCase().startsWith(text)
    : (value) => value.startsWith(text);
}

function colons(text: string): number {
  return text.split(":").length - 1;
}

function tokensOf(pattern: string, options: PatternOptions): Token[] {
  const tokens: Token[] = [];
  let text = "";
  const flush = (): void => {
    if (text !== "") tokens.push({ kind: "text", text });
    text = "";
  };
  for (let index = 0; index < pattern.length; index += 1) {
    const char = pattern[index] as string;
    VARIABLE.lastIndex = index;
    const variable = options.variables === true && char === "$" ? VARIABLE.exec(pattern) : null;
    if (variable !== null) {
      const name = variable[1] as string;
      if (name === "*" || name === "?" || name === "$") text += name;
      else {
        flush();
        tokens.push(variableToken(name));
      }
      index += variable[0].length - 1;
    } else if (options.wildcards !== false && (char === "*" || char === "?")) {
      flush();
      tokens.push(char === "*" ? { kind: "any" } : { kind: "one" });
    } else text += char;
  }
  flush();
  return tokens;
}

/** `aws:PrincipalTag/team, 'none'` has a default after the comma. */
function variableToken(name: string): Token {
  const comma = name.indexOf(",");
  if (comma < 0) return { kind: "variable", key: name.trim().toLowerCase(), otherwise: undefined };
  return {
    kind: "variable",
    key: name.slice(0, comma).trim().toLowerCase(),
    otherwise: name
      .slice(comma + 1)
      .trim()
      .replace(/^'(.*)'$/, "$1"),
  };
}

function sourceOf(tokens: readonly Token[], options: PatternOptions, lookup?: Lookup): string | undefined {
  const whole = tokens.reduce((sum, token) => sum + (token.kind === "text" ? colons(token.text) : 0), 0);
  const perPart = options.arn === true && whole >= 5;
  let seen = 0;
  let source = "";
  for (const token of tokens) {
    const inside = perPart && seen < 5;
    if (token.kind === "any") source += inside ? "[^:]*" : ".*";
    else if (token.kind === "one") source += inside ? "[^:]" : ".";
    else if (token.kind === "text") {
      source += escape(token.text);
      seen += colons(token.text);
    } else {
      const values = lookup?.values(token.key);
      const value = values?.length === 1 ? values[0] : token.otherwise;
      // A variable without a value matches nothing.
      if (value === undefined) return undefined;
      source += escape(value);
    }
  }
  return source;
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
