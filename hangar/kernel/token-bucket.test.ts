// Token buckets: bursts, rates and the lack of either.

import { describe, expect, test } from "vitest";
import { take, type Bucket } from "./token-bucket.ts";

describe("a bucket", () => {
  const asked = (limits: { rateLimit?: number; burstLimit?: number }, times: readonly number[]): boolean[] => {
    const buckets = new Map<string, Bucket>();
    return times.map((time) => take(buckets, "one", limits, time));
  };

  test.each<[string, { rateLimit?: number; burstLimit?: number }, readonly number[], readonly boolean[]]>([
    ["holds its burst", { rateLimit: 1, burstLimit: 2 }, [0, 0, 0], [true, true, false]],
    ["fills at its rate", { rateLimit: 2, burstLimit: 1 }, [0, 400, 500], [true, false, true]],
    ["never holds more than its burst", { rateLimit: 10, burstLimit: 1 }, [0, 9000, 9000], [true, true, false]],
    ["takes its rate for a burst that nobody set", { rateLimit: 2 }, [0, 0, 0], [true, true, false]],
    ["of no size lets nothing through", { rateLimit: 0, burstLimit: 0 }, [0, 9000], [false, false]],
    ["without limits lets everything through", {}, [0, 0], [true, true]],
  ])("%s", (_what, limits, times, answers) => expect(asked(limits, times)).toEqual(answers));
});
