// `hangar doctor`: what this machine has of what Hangar can use, and how to get the rest.

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { createRequire } from "node:module";
import { join } from "node:path";
import { flag, say, type Command } from "./command.ts";
import { DEFAULT_PORT, findInstance } from "./instance.ts";

type Finding = { readonly what: string; readonly state: "ok" | "missing" | "note"; readonly says: string };

export const command: Command = {
  name: "doctor",
  says: "Check this machine: Node, port, CDK, runtimes, browser, container engine.",
  usage: "doctor [--json]",
  options: { json: { type: "boolean", says: "as JSON" } },
  async run(words) {
    const findings = [node(), await port(), cdk(), python(), browser(), containers(), settings()];
    if (flag(words, "json")) say(JSON.stringify(findings));
    else for (const { what, state, says } of findings) say(`${state.padEnd(8)} ${what.padEnd(18)} ${says}`);
    return findings.some(({ state, what }) => state === "missing" && what === "Node") ? 1 : 0;
  },
};

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const ok = major > 22 || (major === 22 && minor >= 12);
  return {
    what: "Node",
    state: ok ? "ok" : "missing",
    says: `${process.versions.node}${ok ? "" : ": Hangar needs 22.12 or newer"}`,
  };
}

function port(): Promise<Finding> {
  const running = findInstance();
  if (running !== undefined)
    return Promise.resolve({ what: "Port", state: "ok", says: `Hangar runs at ${running.endpoint}` });
  return new Promise((done) => {
    const server = createServer();
    server.once("error", () =>
      done({ what: "Port", state: "note", says: `${DEFAULT_PORT} is taken: the next free one will be used` }),
    );
    server.listen(DEFAULT_PORT, "127.0.0.1", () =>
      server.close(() => done({ what: "Port", state: "ok", says: `${DEFAULT_PORT} is free` })),
    );
  });
}

function cdk(): Finding {
  const require = createRequire(join(process.cwd(), "package.json"));
  try {
    const { version } = require("aws-cdk-lib/package.json") as { version: string };
    return { what: "CDK", state: "ok", says: `aws-cdk-lib ${version}` };
  } catch {
    return { what: "CDK", state: "missing", says: "no aws-cdk-lib in this folder: npm install aws-cdk-lib constructs" };
  }
}

function python(): Finding {
  const version = output("python3", ["--version"]);
  return version === undefined
    ? { what: "Python", state: "missing", says: "needed for Python functions: apt-get install python3 python3-boto3" }
    : { what: "Python", state: "ok", says: version };
}

function browser(): Finding {
  const path = [
    process.env["CHROMIUM_PATH"],
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
  ].find((each) => each !== undefined && existsSync(each));
  return path === undefined
    ? { what: "Browser", state: "missing", says: "needed for browser tests: apt-get install chromium" }
    : { what: "Browser", state: "ok", says: path };
}

function containers(): Finding {
  const version = output("docker", ["version", "--format", "{{.Server.Version}}"]);
  return version === undefined
    ? {
        what: "Container engine",
        state: "note",
        says: "none answers: only image functions and the LocalStack target need one",
      }
    : { what: "Container engine", state: "ok", says: version };
}

/** Variables that would lead an SDK elsewhere than to the endpoint. */
function settings(): Finding {
  const found = ["AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL", "HTTP_PROXY", "HTTPS_PROXY"].filter(
    (name) => process.env[name] !== undefined,
  );
  return found.length === 0
    ? { what: "Environment", state: "ok", says: "no AWS or proxy variables set" }
    : {
        what: "Environment",
        state: "note",
        says: `set here: ${found.join(", ")}; commands started by Hangar do not see the AWS ones`,
      };
}

function output(program: string, parameters: readonly string[]): string | undefined {
  try {
    return execFileSync(program, parameters, {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 5000,
    }).trim();
  } catch {
    return undefined;
  }
}
