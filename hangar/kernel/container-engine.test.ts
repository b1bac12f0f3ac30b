// Finding the user's container engine: what is named stands alone, and a reason is given where none answers.

import { afterEach, expect, test, vi } from "vitest";
import { containerEngine } from "./container-engine.ts";
import { engineAddresses } from "./container-engine-address.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

test.each([
  ["unix:///run/user/1000/docker.sock", { socketPath: "/run/user/1000/docker.sock" }],
  ["npipe:////./pipe/docker_engine", { socketPath: "//./pipe/docker_engine" }],
  ["tcp://10.0.0.1:2376", { host: "10.0.0.1", port: 2376 }],
  ["tcp://docker", { host: "docker", port: 2375 }],
  ["ssh://me@there", "ssh://me@there is not spoken here: unix, npipe and tcp are"],
])("DOCKER_HOST %s", (value, address) => {
  vi.stubEnv("DOCKER_HOST", value);
  expect(engineAddresses()).toEqual([{ from: "DOCKER_HOST", address }]);
});

test("TLS is refused by name", () => {
  vi.stubEnv("DOCKER_HOST", "tcp://docker:2376");
  vi.stubEnv("DOCKER_TLS_VERIFY", "1");
  expect(engineAddresses()[0]?.address).toBe("tcp://docker:2376 asks for TLS, which is not spoken here");
});

test("without an answer there is a reason", async () => {
  vi.stubEnv("DOCKER_HOST", "unix:///nowhere/docker.sock");
  expect(await containerEngine()).toBe("DOCKER_HOST: connect ENOENT /nowhere/docker.sock");
});
