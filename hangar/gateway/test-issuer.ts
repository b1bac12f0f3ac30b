// An issuer of tokens outside of the cloud: a server with TLS whose keys are found by discovery.

import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { processKeys, publicKey, signed } from "../kernel/json-web-token.ts";
import { authorityCertificate, certificateFor } from "./certificate.ts";

export type TestIssuer = {
  /** Without its scheme. */
  readonly name: string;
  readonly issuer: string;
  /** Signed with the issuer's key, or with another one. */
  token(claims: object, forged?: boolean): string;
  close(): void;
};

export async function startIssuer(): Promise<TestIssuer> {
  const [own, other] = await processKeys();
  const key = { kid: "one", privateKey: own };
  const trusted = getCACertificates("default");
  setDefaultCACertificates([...trusted, await authorityCertificate()]);
  const server = createServer({ ...(await certificateFor(undefined)) }, (request, response) => {
    const keys = { keys: [publicKey(key)] };
    const found = { issuer, jwks_uri: `${issuer}/keys` };
    response.end(JSON.stringify(request.url === "/keys" ? keys : found));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const name = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = `https://${name}`;
  return {
    name,
    issuer,
    token: (claims, forged = false) => signed({ iss: issuer, ...claims }, forged ? { ...key, privateKey: other } : key),
    close() {
      setDefaultCACertificates(trusted);
      server.close();
    },
  };
}
