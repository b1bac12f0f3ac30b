// Amazon Resource Names: taken apart and put together.

export type Arn = {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
};

/** `arn:partition:service:region:account:resource`; undefined when the text is no ARN. */
export function parseArn(text: string): Arn | undefined {
  if (!text.startsWith("arn:")) return undefined;
  const [, partition, service, region, account, ...rest] = text.split(":");
  if (
    partition === undefined ||
    service === undefined ||
    region === undefined ||
    account === undefined ||
    rest.length === 0
  )
    return undefined;
  return { partition, service, region, account, resource: rest.join(":") };
}

export function formatArn(parts: {
  service: string;
  region: string;
  account: string;
  resource: string;
  partition?: string;
}): string {
  return `arn:${parts.partition ?? "aws"}:${parts.service}:${parts.region}:${parts.account}:${parts.resource}`;
}
