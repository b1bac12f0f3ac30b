// The ready.d scripts: in order, against the instance, one that fails ends it all.

import { expect, test } from "vitest";
import { folderWith } from "./test-process.ts";

test("shell scripts run in order with the endpoint in their environment; Python is skipped by name", async () => {
  const here = folderWith({
    "init/ready.d/20-second.sh": 'printf "second %s\\n" "$AWS_ENDPOINT_URL" >> order.txt',
    "init/ready.d/10-first.sh":
      "set -e\nawslocal ssm put-parameter --name /a --type String --value b\necho first > order.txt",
    "init/ready.d/00-locals.py": "raise SystemExit(1)",
  });
  const { code, stdout, stderr } = await here.hangar("exec", "--init", "init", "--", "cat", "order.txt");
  expect(stdout).toMatch(/^first\nsecond http:\/\/127\.0\.0\.1:\d+\n$/);
  expect(stderr).toMatch(/^Skipped .*00-locals\.py: /);
  expect(code).toBe(0);
  expect(here.left()).toEqual([]);
  here.remove();
});

test("a script that fails is shown with what it said, and the command fails", async () => {
  const here = folderWith({
    "localstack-init/ready.d/10-broken.sh": "echo no such wing >&2\nexit 3",
    "localstack-init/ready.d/20-never.sh": "touch never",
  });
  const { code, stdout, stderr } = await here.hangar("start", "--port", "0");
  expect(stderr).toMatch(/^The init script .*10-broken\.sh failed \(exit 3\):\nno such wing\n/);
  expect(stdout).toBe("");
  expect(code).toBe(1);
  expect((await here.hangar("exec", "--init", "none", "--", "ls")).stdout).toBe("localstack-init\n");
  here.remove();
});
