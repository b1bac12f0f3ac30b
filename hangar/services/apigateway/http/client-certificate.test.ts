// Client certificates: how they are kept, and what a backend with TLS sees of them.

import { createHash, X509Certificate } from "node:crypto";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import type { TLSSocket } from "node:tls";
import { APIGateway } from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, expect, test } from "vitest";
import { certificateFor } from "../../../gateway/certificate.ts";
import { addRoutes, callApi, deploy, makeApi, startApiCloud, type ApiCloud } from "./test-api.ts";

let at: ApiCloud;
let api: APIGateway;
let server: Server;
let uri: string;

const fingerprint = (der: Buffer | undefined) =>
  der === undefined ? "nobody" : createHash("sha256").update(der).digest("hex");

beforeAll(async () => {
  at = await startApiCloud("apigateway-certificates");
  api = new APIGateway({ ...at.cloud.clientConfig(), maxAttempts: 1 });
  const pair = await certificateFor(undefined);
  server = createServer({ ...pair, requestCert: true, rejectUnauthorized: false }, (request, response) => {
    response.end(fingerprint((request.socket as TLSSocket).getPeerX509Certificate()?.raw));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  uri = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

afterAll(async () => {
  server.close();
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

test("a certificate is a real one, good for a year, and its key stays with API Gateway", async () => {
  const made = await api.generateClientCertificate({ description: "mine", tags: { a: "1" } });
  const clientCertificateId = made.clientCertificateId ?? "";
  expect(Object.keys(made).toSorted((a, b) => a.localeCompare(b))).toEqual([
    "$metadata",
    "clientCertificateId",
    "createdDate",
    "description",
    "expirationDate",
    "pemEncodedCertificate",
    "tags",
  ]);
  const certificate = new X509Certificate(made.pemEncodedCertificate ?? "");
  expect(certificate.subject).toContain("CN=ApiGateway");
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  const lasts = certificate.validToDate.getTime() - certificate.validFromDate.getTime();
  expect(lasts).toBe(365 * 86_400_000);
  const patchOperations = [{ op: "replace", path: "/description", value: "yours" } as const];
  const changed = await api.updateClientCertificate({ clientCertificateId, patchOperations });
  expect(await api.getClientCertificate({ clientCertificateId })).toMatchObject({ description: changed.description });
  expect((await api.getClientCertificates({})).items).toHaveLength(1);
  await api.deleteClientCertificate({ clientCertificateId });
  await expect(api.getClientCertificate({ clientCertificateId })).rejects.toMatchObject({ name: "NotFoundException" });
});

test("a backend with TLS sees the certificate of the stage", async () => {
  const id = await makeApi(at);
  const open = { integration: { type: "HTTP_PROXY" as const, integrationHttpMethod: "GET", uri } };
  await addRoutes(at, id, {
    "GET /any": { integration: { ...open.integration, tlsConfig: { insecureSkipVerification: true } } },
    "GET /known": open,
  });
  await deploy(at, id);
  expect((await callApi(at, id, "GET /live/any")).text).toBe("nobody");
  // The backend's certificate is nobody's whom API Gateway trusts.
  expect((await callApi(at, id, "GET /live/known")).status).toBe(504);

  const { clientCertificateId = "", pemEncodedCertificate = "" } = await api.generateClientCertificate({});
  const show = (value: string) =>
    api.updateStage({
      restApiId: id,
      stageName: "live",
      patchOperations: [{ op: "replace", path: "/clientCertificateId", value }],
    });
  await expect(show("nobody")).rejects.toMatchObject({ name: "BadRequestException" });
  await show(clientCertificateId);
  const own = fingerprint(new X509Certificate(pemEncodedCertificate).raw);
  expect((await callApi(at, id, "GET /live/any")).text).toBe(own);
  await expect(api.deleteClientCertificate({ clientCertificateId })).rejects.toMatchObject({
    name: "BadRequestException",
  });
});
