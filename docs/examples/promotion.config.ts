// The examples that an account can pass too: `npm run promotion:examples` takes them from the embedded target to a stand-in for AWS.
import workspace from "./workspace.config.ts";

export default {
  ...workspace,
  test: {
    ...workspace.test,
    include: ["orders.test.ts", "settle.test.ts", "faults.test.ts"],
    // Their report is the record: .hangar/reports has that of all examples.
    reporters: ["default"],
    // Without `until`, settle() waits there until the functions' logs are silent.
    testTimeout: 60_000,
  },
};
