// TEMPORARY until the real one lands here: reads who signed, verifies nothing.
export type Credential = { readonly accessKeyId: string; readonly region: string; readonly service: string };
export function parseCredential(request: {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: string;
}): Credential | undefined {
  const match = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//.exec(
    request.headers["authorization"] ?? decodeURIComponent(request.query.replace(/X-Amz-Credential/, "Credential")),
  );
  return match === null
    ? undefined
    : { accessKeyId: match[1] as string, region: match[2] as string, service: match[3] as string };
}
