// URLs of buckets, objects and websites: all point back at this endpoint.

/** `http://127.0.0.1:4566/bucket/key`. */
export function objectUrl(origin: string, bucket: string, key: string): string {
  return `${origin}/${bucket}/${key.split("/").map(encodeURIComponent).join("/")}`;
}

/** Names under `localhost` reach this machine in every browser; the port is the endpoint's. */
export function hosts(
  origin: string,
  bucket: string,
  region: string,
): Readonly<Record<"domain" | "regional" | "dualStack" | "website", string>> {
  const { port } = new URL(origin);
  const end = `localhost${port === "" ? "" : `:${port}`}`;
  return {
    domain: `${bucket}.s3.${end}`,
    regional: `${bucket}.s3.${region}.${end}`,
    dualStack: `${bucket}.s3.dualstack.${region}.${end}`,
    website: `http://${bucket}.s3-website-${region}.${end}`,
  };
}
