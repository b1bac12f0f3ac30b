// Ruby functions, where this machine has a Ruby: events, gems' places, errors in AWS's words, calls that stay inside.

import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { rubyProgram } from "./ruby.ts";
import { logOf, makeFunction, run, startLambdaCloud, type LambdaCloud } from "./test-cloud.ts";

let at: LambdaCloud;
beforeAll(async () => {
  at = await startLambdaCloud("ruby");
});
afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

const missing = await rubyProgram("ruby3.4").then(
  () => undefined,
  (error: Error) => error.message,
);
const RUBY = { Runtime: "ruby3.4", Handler: "app.handler", Timeout: 10 } as const;

describe.skipIf(missing !== undefined)(`Ruby${missing === undefined ? "" : `: skipped, ${missing}`}`, () => {
  test("a handler has its event and context, and what it prints is in its log", async () => {
    const code = `def handler(event:, context:)
  puts "called for #{event["who"]}"
  { who: event["who"], name: context.function_name, left: context.get_remaining_time_in_millis.between?(1, 10_000),
    id: context.aws_request_id, root: ENV["LAMBDA_TASK_ROOT"], host: ENV["HANGAR_ENDPOINT"] }
end
`;
    await makeFunction(at, "plain", { "app.rb": code }, RUBY);
    const { json, $metadata } = await run(at, "plain", { who: "Ada" });
    expect(json).toEqual({
      who: "Ada",
      name: "plain",
      left: true,
      id: $metadata.requestId,
      root: expect.stringMatching(/^\//),
      host: null,
    });
    const log = await logOf(at, "plain");
    expect(log).toContain("called for Ada\n");
    expect(log[0]).toMatch(/^INIT_START Runtime Version: ruby:3\.4/);
  });

  test("a class method of a module with files of its own is a handler", async () => {
    const files = {
      "app.rb": `require "lib/shop"
module Orders
  class Main
    def self.call(event:, context:) = Shop.total(event["prices"])
  end
end
`,
      "lib/shop.rb": "module Shop\n  def self.total(prices) = prices.sum\nend\n",
    };
    await makeFunction(at, "class", files, { ...RUBY, Handler: "app.Orders::Main.call" });
    expect((await run(at, "class", { prices: [1, 2] })).json).toBe(3);
  });

  test("an error that a handler raises is Function<its class>", async () => {
    await makeFunction(at, "fails", { "app.rb": 'def handler(event:, context:)\n  raise "no"\nend\n' }, RUBY);
    const { json, FunctionError } = await run(at, "fails");
    expect(FunctionError).toBe("Unhandled");
    expect(json).toEqual({
      errorMessage: "no",
      errorType: "Function<RuntimeError>",
      stackTrace: [expect.stringMatching(/app\.rb:2:in [`'](Object#)?handler'$/)],
    });
  });

  test("a file that cannot be loaded is Init<LoadError>", async () => {
    await makeFunction(at, "broken", { "app.rb": 'require "nowhere"\n' }, RUBY);
    const { json } = await run(at, "broken");
    expect(json).toMatchObject({
      errorMessage: "cannot load such file -- nowhere",
      errorType: "Init<LoadError>",
    });
  });

  test("calls to the real AWS are refused, and names of the cloud lead to it", async () => {
    const code = `require "net/http"
def handler(event:, context:)
  endpoint = URI(ENV["AWS_ENDPOINT_URL"])
  found = Net::HTTP.get_response(URI("http://nobody.lambda-url.us-east-1.localhost:#{endpoint.port}/")).code
  begin
    Net::HTTP.get(URI("http://s3.amazonaws.com/"))
  rescue SocketError => error
    return { found: found, refused: error.message }
  end
end
`;
    await makeFunction(at, "inside", { "app.rb": code }, RUBY);
    expect((await run(at, "inside")).json).toEqual({
      found: "403",
      refused: expect.stringContaining("Hangar refuses the connection to s3.amazonaws.com"),
    });
  });
});

test("a runtime that nothing here runs is refused by name when it is invoked", async () => {
  onTestFinished(() => void vi.unstubAllEnvs());
  vi.stubEnv("DOTNET_ROOT", "/nowhere");
  await makeFunction(at, "dotnet", { "App.dll": "" }, { Runtime: "dotnet8", Handler: "App::App.Main::Handle" });
  await expect(run(at, "dotnet")).rejects.toMatchObject({
    name: "InvalidRuntimeException",
    message: expect.stringMatching(/^The runtime dotnet8 cannot run on this machine\. Install the \.NET SDK 8,/),
  });
});
