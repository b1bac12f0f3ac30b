// Signed upload forms for tests, as a web page has them from its server.

import { amzDateOf, hmacHex, scopeOf, signingKey } from "../../../protocols/sigv4-key.ts";

type Signer = { readonly accessKeyId: string; readonly secretAccessKey: string };
export type Drawn = {
  /** The policy's conditions; those of the signature are added. */
  readonly conditions: readonly unknown[];
  readonly fields: Readonly<Record<string, string>>;
  readonly file?: string;
  /** Members of the policy document in place of its own. */
  readonly policy?: Readonly<Record<string, unknown>>;
  readonly now: number;
};

export function signedForm(signer: Signer, { conditions, fields, file = "-", policy, now }: Drawn): FormData {
  const date = amzDateOf(now);
  const scope = scopeOf(date.slice(0, 8), "us-east-1", "s3");
  const signed = {
    "x-amz-algorithm": "AWS4-HMAC-SHA256",
    "x-amz-credential": `${signer.accessKeyId}/${scope.scope}`,
    "x-amz-date": date,
  };
  const document = {
    expiration: new Date(now + 600_000).toISOString(),
    conditions: [...conditions, ...Object.entries(signed).map(([name, value]) => ({ [name]: value }))],
    ...policy,
  };
  const text = Buffer.from(JSON.stringify(document)).toString("base64");
  const body = new FormData();
  for (const [name, value] of Object.entries({ ...signed, ...fields })) body.append(name, value);
  body.append("policy", text);
  body.append("x-amz-signature", hmacHex(signingKey(signer.secretAccessKey, scope), text));
  body.append("file", new Blob([file]), "name.txt");
  return body;
}
