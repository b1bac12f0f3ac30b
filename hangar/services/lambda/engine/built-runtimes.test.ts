// Functions in languages that are built first, each where this machine has what builds it: Java, Go and Rust.

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { javaProgram } from "./java.ts";
import { logOf, makeFunction, run, startLambdaCloud, type LambdaCloud } from "./test-cloud.ts";

let at: LambdaCloud;
beforeAll(async () => {
  at = await startLambdaCloud("built");
});
afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

const nowhere = { taskRoot: "/none", layerRoot: undefined };

/** Why there is no Java here. */
async function withoutJava(): Promise<string | undefined> {
  if (!has("javac")) return "javac is not installed";
  try {
    await javaProgram("java17", { ...nowhere, contents: nowhere }, { handler: "", memorySize: 128 });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function has(command: string): boolean {
  return (process.env["PATH"] ?? "").split(":").some((folder) => existsSync(join(folder, command)));
}

function build(source: string, text: string, command: readonly [string, ...string[]], product: string): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), "hangar-built-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, source), text);
  const [program, ...words] = command;
  execFileSync(program, [...words, source], { cwd: folder, env: { ...process.env, GO111MODULE: "off" } });
  return readFileSync(join(folder, product));
}

const JAVA = `package example;
import java.util.Map;
public class Handler {
  public Map<String, Object> handle(Map<String, Object> event) {
    System.out.println("handled");
    if (event.containsKey("fail")) throw new IllegalStateException("no");
    return Map.of("event", event, "name", System.getenv("AWS_LAMBDA_FUNCTION_NAME"), "at", System.getProperty("user.dir"));
  }
}
`;

const java = await withoutJava();

test.skipIf(java !== undefined)(
  `a Java handler runs on AWS's own runtime client${java === undefined ? "" : `: skipped, ${java}`}`,
  async () => {
    const bytes = build("Handler.java", JAVA, ["javac", "-d", "."], "example/Handler.class");
    await makeFunction(
      at,
      "java",
      { "example/Handler.class": bytes },
      { Runtime: "java17", Handler: "example.Handler::handle", MemorySize: 512, Timeout: 30 },
    );
    const { json } = await run(at, "java", { a: 1 });
    expect(json).toEqual({ event: { a: 1 }, name: "java", at: expect.stringMatching(/^\//) });
    expect(await logOf(at, "java")).toContain("handled\n");
    const failed = await run(at, "java", { fail: true });
    expect(failed.FunctionError).toBe("Unhandled");
    expect(failed.json).toMatchObject({ errorMessage: "no", errorType: "java.lang.IllegalStateException" });
  },
);

/** The Runtime API with nothing but the standard library. */
const GO = `package main

import (
	"bytes"
	"io"
	"net/http"
	"os"
)

func main() {
	base := "http://" + os.Getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/invocation/"
	for {
		next, err := http.Get(base + "next")
		if err != nil {
			os.Exit(1)
		}
		event, _ := io.ReadAll(next.Body)
		id := next.Header.Get("Lambda-Runtime-Aws-Request-Id")
		http.Post(base+id+"/response", "application/json", bytes.NewReader(append(append([]byte("{\\"go\\":"), event...), '}')))
	}
}
`;

test.skipIf(!has("go"))("a bootstrap built with Go runs", async () => {
  const bytes = build("main.go", GO, ["go", "build", "-o", "bootstrap"], "bootstrap");
  await makeFunction(at, "go", { "bootstrap*": bytes }, { Runtime: "provided.al2023", Timeout: 10 });
  expect((await run(at, "go", { a: 1 })).json).toEqual({ go: { a: 1 } });
});

const RUST = `use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

fn call(api: &str, head: String, body: &[u8]) -> (Option<String>, Vec<u8>) {
    let mut socket = TcpStream::connect(api).unwrap();
    write!(socket, "{} HTTP/1.1\\r\\nHost: {}\\r\\nContent-Length: {}\\r\\nConnection: close\\r\\n\\r\\n", head, api, body.len()).unwrap();
    socket.write_all(body).unwrap();
    let mut reader = BufReader::new(socket);
    let (mut id, mut length) = (None, 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let line = line.trim_end();
        if line.is_empty() { break; }
        if let Some((name, value)) = line.split_once(": ") {
            match name.to_ascii_lowercase().as_str() {
                "lambda-runtime-aws-request-id" => id = Some(value.to_string()),
                "content-length" => length = value.parse().unwrap(),
                _ => {}
            }
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    (id, body)
}

fn main() {
    let api = std::env::var("AWS_LAMBDA_RUNTIME_API").unwrap();
    loop {
        let (id, event) = call(&api, "GET /2018-06-01/runtime/invocation/next".into(), b"");
        let answer = format!("{{\\"rust\\":{}}}", String::from_utf8(event).unwrap());
        call(&api, format!("POST /2018-06-01/runtime/invocation/{}/response", id.unwrap()), answer.as_bytes());
    }
}
`;

test.skipIf(!has("rustc"))("a bootstrap built with Rust runs", async () => {
  const bytes = build("main.rs", RUST, ["rustc", "-o", "bootstrap"], "bootstrap");
  await makeFunction(at, "rust", { "bootstrap*": bytes }, { Runtime: "provided.al2023", Timeout: 10 });
  expect((await run(at, "rust", { a: 1 })).json).toEqual({ rust: { a: 1 } });
});
