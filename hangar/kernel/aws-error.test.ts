// The one error of services: whose fault it is follows from its status.

import { expect, test } from "vitest";
import { AwsError, notEmulated, validationError } from "./aws-error.ts";

test("an error is the client's with 400 unless it says otherwise", () => {
  const error = new AwsError("QueueDoesNotExist", "gone");
  expect(error).toMatchObject({
    name: "QueueDoesNotExist",
    status: 400,
    fault: "client",
    members: {},
    message: "gone",
  });
  expect(error).toBeInstanceOf(Error);
});

test("an error of 500 and above is the server's", () => {
  expect(new AwsError("InternalFailure", "", { status: 500 }).fault).toBe("server");
  expect(new AwsError("Slow", "", { status: 503, fault: "client" }).fault).toBe("client");
});

test("what is not emulated says so, with the page that tells what it would do", () => {
  expect(notEmulated("sqs:X", "https://docs.aws.amazon.com/x")).toMatchObject({
    code: "NotEmulated",
    status: 501,
    message: "Hangar does not emulate sqs:X yet. See https://docs.aws.amazon.com/x",
  });
});

test("a validation error has AWS's code, or the service's own", () => {
  expect(validationError("bad").code).toBe("ValidationException");
  expect(validationError("bad", "ValidationError").code).toBe("ValidationError");
});
