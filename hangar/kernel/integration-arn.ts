// The ARNs by which API Gateway names operations of services.

export type IntegrationTarget = {
  readonly service: string;
  readonly region: string;
  readonly kind: "path" | "action";
  /** The action's name, or the path without its first slashes: the console writes `path//`. */
  readonly rest: string;
};

/** `arn:aws:apigateway:<region>:<[sub.]service>:action|path/…` taken apart. */
export function integrationArn(uri: string): IntegrationTarget | undefined {
  const found = /^arn:[^:]+:apigateway:([^:]*):([^:]+):(path|action)\/+(.*)$/s.exec(uri);
  if (found === null) return undefined;
  const [, region = "", name = "", kind, rest = ""] = found;
  return { service: name.slice(name.lastIndexOf(".") + 1), region, kind: kind === "path" ? "path" : "action", rest };
}
