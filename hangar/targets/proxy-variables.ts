// What proxy variables would do to calls: the CDK CLI obeys them and the SDK does not, so both may end in different places.

type Variables = Readonly<Record<string, string | undefined>>;

/** In the order in which the CDK CLI asks for them (the package proxy-from-env): `https_proxy` in small letters goes first. */
const NAMES = (scheme: string): readonly string[] => [
  `npm_config_${scheme}_proxy`,
  `${scheme}_proxy`,
  "npm_config_proxy",
  "all_proxy",
];

/** The variable that sends calls of a URL through a proxy, and the proxy; undefined when they go there straight. */
export function proxyFor(
  url: URL,
  variables: Variables,
): { readonly name: string; readonly proxy: string } | undefined {
  const found = firstOf(NAMES(url.protocol.slice(0, -1)), variables);
  if (found === undefined) return undefined;
  const { value: except = "" } = firstOf(["npm_config_no_proxy", "no_proxy"], variables) ?? {};
  if (isExcepted(url, except)) return undefined;
  return { name: found.name, proxy: withoutPassword(found.value) };
}

function firstOf(names: readonly string[], variables: Variables): { name: string; value: string } | undefined {
  for (const name of names.flatMap((each) => [each, each.toUpperCase()])) {
    const value = variables[name];
    if (value !== undefined && value !== "") return { name, value };
  }
  return undefined;
}

function isExcepted({ hostname, port, protocol }: URL, except: string): boolean {
  const to = port === "" ? (protocol === "https:" ? "443" : "80") : port;
  return except
    .toLowerCase()
    .split(/[,\s]+/)
    .some((each) => {
      const [, host = "", onPort] = /^(.+?)(?::(\d+))?$/.exec(each) ?? [];
      if (host === "" || (onPort !== undefined && onPort !== to)) return false;
      const end = host.replace(/^\*/, "");
      return end === "" || (end.startsWith(".") ? hostname.endsWith(end) : hostname === end);
    });
}

function withoutPassword(proxy: string): string {
  return proxy.replace(/^([a-z0-9]+:\/\/)?[^/]*@/i, "$1");
}
