// Tries a filter pattern on messages. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TestMetricFilter.html

import type { TestMetricFilterInput, TestMetricFilterOutput } from "../../../models/logs.d.ts";
import { filterPattern } from "../rules/filter-pattern.ts";
import { operation } from "../store.ts";

export const testMetricFilter = operation<TestMetricFilterInput, TestMetricFilterOutput>((input) => {
  const matches = filterPattern(input.filterPattern);
  return {
    matches: input.logEventMessages.flatMap((eventMessage, index) => {
      const extractedValues = matches(eventMessage);
      return extractedValues === undefined ? [] : [{ eventNumber: index + 1, eventMessage, extractedValues }];
    }),
  };
});
