// Where repositories are: AWS's own address for one, below an endpoint that a container engine on this machine can reach.

export type Registry = { readonly account: string; readonly region: string };

/** `127.0.0.1:4566/000000000000.dkr.ecr.us-east-1.amazonaws.com/app`: engines push to 127.0.0.1 without TLS, and know no `*.localhost`. */
export function repositoryUri({ account, region }: Registry, name: string, origin: string): string {
  return `${new URL(origin).host}/${account}.dkr.ecr.${region}.amazonaws.com/${name}`;
}

/** What is asked of a registry: `rest` is the path after the repository's name, empty for the registry itself. */
export type Asked = { readonly registry: Registry | undefined; readonly repository: string; readonly rest: string };

const HOST = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\./;
const IN_PATH = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(.*)$/;
const OWN = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\]|host\.docker\.internal)$/;
const REST = /^(.+?)\/(manifests\/[^/]+|blobs\/uploads\/[^/]*|blobs\/[^/]+|tags\/list)$/;

/** Undefined for what is no registry's: `/v2/` below other host names is a page of somebody's. */
export function askedOf(host: string, path: string): Asked | undefined {
  const [, below] = /^\/v2(?:\/(.*))?$/.exec(path) ?? [];
  if (below === undefined && path !== "/v2") return undefined;
  const byHost = HOST.exec(host);
  const byPath = byHost === null ? IN_PATH.exec(below ?? "") : null;
  const [, account, region] = byHost ?? byPath ?? [];
  const registry = account === undefined || region === undefined ? undefined : { account, region };
  const named = byPath === null ? (below ?? "") : (byPath[3] ?? "");
  if (registry === undefined)
    return named === "" && OWN.test(host) ? { registry, repository: "", rest: "" } : undefined;
  const [, repository = "", rest = named] = REST.exec(named) ?? [];
  return { registry, repository, rest };
}
