// What a function behind an HTTP API may answer, in both payload formats.

export type FunctionResponse = {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer | string;
};

type Pair = readonly [string, string];
type Members = Readonly<Record<string, unknown>>;

/** Undefined for what the gateway cannot make a response of. */
export function responseOf2(payload: string): FunctionResponse | undefined {
  const answer = parsed(payload);
  if (answer === undefined) return undefined;
  const { value } = answer;
  // Anything but a structure with a status is itself the body.
  if (!isMembers(value) || value["statusCode"] === undefined || value["statusCode"] === null)
    return { status: 200, headers: [["content-type", "application/json"]], body: inferredBody(value) };
  const cookies = value["cookies"];
  if (cookies !== undefined && cookies !== null && !isTexts(cookies)) return undefined;
  const own = structured(value, []);
  if (own === undefined) return undefined;
  return { ...own, headers: [...own.headers, ...(cookies ?? []).map((each): Pair => ["set-cookie", each])] };
}

export function responseOf1(payload: string): FunctionResponse | undefined {
  const value = parsed(payload)?.value;
  if (!isMembers(value) || value["statusCode"] === undefined || value["statusCode"] === null) return undefined;
  const multi = value["multiValueHeaders"] ?? {};
  if (!isMembers(multi)) return undefined;
  const pairs: Pair[] = [];
  for (const [name, values] of Object.entries(multi)) {
    if (!Array.isArray(values)) return undefined;
    for (const each of values) pairs.push([name.toLowerCase(), String(each)]);
  }
  return structured(value, pairs);
}

/** A text is the body as it is; null has none. */
function inferredBody(value: unknown): string {
  if (typeof value === "string") return value;
  return JSON.stringify(value);
}

function structured(value: Members, multi: readonly Pair[]): FunctionResponse | undefined {
  const { statusCode, headers, body, isBase64Encoded } = value;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599) return undefined;
  if (body !== undefined && body !== null && typeof body !== "string") return undefined;
  if (headers !== undefined && headers !== null && !isMembers(headers)) return undefined;
  const pairs: Pair[] = [...multi];
  for (const [name, each] of Object.entries(headers ?? {})) {
    if (typeof each === "object") return undefined;
    pairs.push([name.toLowerCase(), String(each as string | number | boolean | undefined)]);
  }
  if (!pairs.some(([name]) => name === "content-type")) pairs.push(["content-type", "text/plain; charset=utf-8"]);
  const text = body ?? "";
  return { status, headers: pairs, body: isBase64Encoded === true ? Buffer.from(text, "base64") : text };
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}
