// What an extension may ask of the Telemetry API and the Logs API, and their defaults.

export type Subscription = {
  readonly logsApi: boolean;
  readonly types: readonly string[];
  readonly maxItems: number;
  readonly maxBytes: number;
  /** Milliseconds. */
  readonly timeoutMs: number;
  readonly destination:
    | { readonly protocol: "HTTP"; readonly uri: string }
    | { readonly protocol: "TCP"; readonly port: number };
};

type Asked = {
  readonly schemaVersion?: unknown;
  readonly types?: unknown;
  readonly buffering?: Readonly<Record<string, unknown>>;
  readonly destination?: { readonly protocol?: unknown; readonly URI?: unknown; readonly port?: unknown };
};

const TYPES = ["platform", "function", "extension"];
const HOSTS = new Set(["sandbox", "sandbox.localdomain"]);
const BUFFERING = {
  maxItems: { least: 1000, most: 10_000, usual: 10_000 },
  maxBytes: { least: 262_144, most: 1_048_576, usual: 262_144 },
  timeoutMs: { least: 25, most: 30_000, usual: 1000 },
} as const;

/** Text says what is wrong. */
export function checkSubscription(text: string, logsApi: boolean): Subscription | string {
  let asked: Asked;
  try {
    asked = JSON.parse(text) as Asked;
  } catch (error) {
    return (error as Error).message;
  }
  const { types, buffering = {} } = asked;
  if (!Array.isArray(types) || types.length === 0 || types.some((type) => !TYPES.includes(type as string)))
    return `types must be some of ${TYPES.join(", ")}`;
  const numbers = { maxItems: 0, maxBytes: 0, timeoutMs: 0 };
  for (const [name, { least, most, usual }] of Object.entries(BUFFERING)) {
    const value = buffering[name] ?? usual;
    if (typeof value !== "number" || value < least || value > most)
      return `buffering.${name} must be between ${least} and ${most}`;
    numbers[name as keyof typeof BUFFERING] = value;
  }
  const destination = destinationOf(asked.destination);
  if (typeof destination === "string") return destination;
  return { logsApi, types: types as string[], ...numbers, destination };
}

function destinationOf(asked: Asked["destination"]): Subscription["destination"] | string {
  if (asked?.protocol === "TCP")
    return typeof asked.port === "number" ? { protocol: "TCP", port: asked.port } : "destination.port must be a number";
  if (asked?.protocol !== "HTTP") return "destination.protocol must be HTTP or TCP";
  const uri = String(asked.URI);
  if (!URL.canParse(uri) || !HOSTS.has(new URL(uri).hostname))
    return "destination.URI must be an address of sandbox.localdomain";
  return { protocol: "HTTP", uri };
}
