// URLs that templates build from AWS's host names, as they are reached at an endpoint here.

const EXECUTE_API =
  /(https|wss):\/\/([a-z0-9]+)\.execute-api\.(?:[a-z0-9-]+\.)?(?:amazonaws\.com(?:\.cn)?|localhost\.localstack\.cloud(?::\d+)?)/g;

/** Nothing we hand out may lead to the real AWS: an API's invoke URL becomes the endpoint's path form, which every client can resolve. */
export function reachable(text: string, origin: string): string {
  if (!text.includes(".execute-api.")) return text;
  return text.replace(EXECUTE_API, (_address, scheme: string, api: string) => {
    const at = scheme === "wss" ? origin.replace(/^http/, "ws") : origin;
    return `${at}/_aws/execute-api/${api}`;
  });
}

/** The same in every text of a value. */
export function reachableIn<Value>(value: Value, origin: string): Value {
  if (typeof value === "string") return reachable(value, origin) as Value;
  if (Array.isArray(value)) return value.map((each: unknown) => reachableIn(each, origin)) as Value;
  if (value === null || typeof value !== "object" || value instanceof Uint8Array || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, reachableIn(each, origin)])) as Value;
}

/** Addresses at our endpoints as addresses at one of them: what a fork inherited leads to that fork. */
export function readdressed(text: string, homes: readonly string[], origin: string): string {
  const to = new URL(origin);
  const from = homes.filter((home) => home !== origin).map((home) => new URL(home));
  const ports = [...new Set(from.map(({ port }) => port))].filter((port) => port !== "");
  if (!ports.some((port) => text.includes(`:${port}`))) return text;
  const hosts = [...from, to].map(({ hostname }) => hostname.replaceAll(".", "\\."));
  const host = ["127\\.0\\.0\\.1", ...hosts, "localhost"].join("|");
  const address = new RegExp(
    `(?<![\\w.-])(https?://)?((?:[\\w-]+\\.)*?)(?:${host}):(?:${ports.join("|")})(?!\\d)`,
    "g",
  );
  const port = to.port === "" ? "" : `:${to.port}`;
  // What a host name says beside the world (a bucket, an API) can only stand below a name.
  const name = /(^|\.)localhost$/.test(to.hostname) ? to.hostname : "localhost";
  return text.replace(address, (_address, scheme: string | undefined, below: string) => {
    // What stands below a name has its own: a bucket's website is never behind TLS.
    const own = below === "" && scheme !== undefined ? `${to.protocol}//` : (scheme ?? "");
    return `${own}${below === "" ? to.hostname : `${below}${name}`}${port}`;
  });
}
