// Variables that hold a secret, and those that only sound like one. The secrets are put together here so that no scanner takes them for real.

import { expect, test } from "vitest";
import { found, stackWith } from "../test-stacks.ts";
import { plainSecrets } from "./plain-secrets.ts";

const setting = (name: string, value: unknown): ReturnType<typeof stackWith> =>
  stackWith({ F: { Type: "AWS::Lambda::Function", Properties: { Environment: { Variables: { [name]: value } } } } });

test.each([
  ["KEY_ID", `AKIA${"Q3EXAMPLE7ABCDEF"}`, "error"],
  ["CERT", `-----BEGIN ${"RSA PRIVATE KEY"}-----\nMII`, "error"],
  ["GH", `ghp_${"a1B2c3D4e5".repeat(4).slice(0, 36)}`, "error"],
  ["HOOK", `xoxb-${"1234567890-abcdef"}`, "error"],
  ["PAY", `sk_live_${"4eC39HqLyjWDarjtT1zdp7dc"}`, "error"],
  ["DATABASE_URL", `postgres://app:${"hunter2"}@db.internal:5432/shop`, "error"],
  ["SESSION", `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.${"c2lnbmF0dXJl"}`, "error"],
  ["DB_PASSWORD", "hunter2!", "warning"],
  ["SIGNING_KEY", "b7e1c09d4f2a8e6b3c5d", "warning"],
])("%s=%s is a secret", (name, value, level) => {
  const [finding, ...more] = found(plainSecrets, setting(name, value));
  expect(more).toEqual([]);
  expect(finding).toMatchObject({ level, logicalId: "F", property: `Environment.${name}` });
  expect(JSON.stringify(finding)).not.toContain(value);
});

test.each([
  ["SIGNING_KEY", { "Fn::ImportValue": "key" }],
  ["SIGNING_KEY", "nebula-signing-key-2026"],
  ["DB_PASSWORD", "/shop/db/password"],
  ["DB_PASSWORD", "{{resolve:ssm:/shop/db/password}}"],
  ["DB_PASSWORD", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db"],
  ["SECRET_NAME", "b7e1c09d4f2a8e6b3c5d"],
  ["TOKEN_TTL", "3600"],
  ["REQUIRE_PASSWORD", "true"],
  ["API_URL", "https://api.example.com/v1?x=1:2@3"],
  ["COMMIT", "b7e1c09d4f2a8e6b3c5db7e1c09d4f2a8e6b3c5d"],
  ["POOL_ID", "eu-west-1_aB3dE5fG7"],
])("%s=%j is none", (name, value) => {
  expect(found(plainSecrets, setting(name, value))).toEqual([]);
});

test("containers' variables are looked at, too", () => {
  const definition = {
    Name: "web",
    Environment: [
      { Name: "ADMIN_PASSWORD", Value: "hunter2!" },
      { Name: "A", Value: "b" },
    ],
  };
  const stack = stackWith({
    T: { Type: "AWS::ECS::TaskDefinition", Properties: { ContainerDefinitions: [definition] } },
  });
  expect(found(plainSecrets, stack).map(({ property }) => property)).toEqual(["Environment.ADMIN_PASSWORD"]);
});
