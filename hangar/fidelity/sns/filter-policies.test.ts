// What a filter policy may not say, as it was recorded from AWS (see ../NOTICE).

import { recordingsOf } from "../recorded.ts";
import type { Session } from "../session.ts";
import { newQueue, newTopic, recorded } from "./session.ts";

const CONDITIONS = "TestSNSFilterPolicyConditions::test_";
const recordings = recordingsOf(import.meta.url, "sns-filter-policy");

/** AWS's messages have the policy that they refuse. */
const said = /Source: \(String\)"(.*)"; line/s;

type Refused = { readonly Error?: { readonly Message?: string } };

/** Subscribes with each policy that the messages of a recording have; `more` are those that they have not. */
function refuses(name: string, more: Readonly<Record<string, object>> = {}) {
  return {
    async [`${CONDITIONS}${name}`](s: Session): Promise<void> {
      const { TopicArn } = await newTopic(s);
      const { arn: Endpoint } = await newQueue(s);
      for (const [label, answer] of Object.entries(recordings[`${CONDITIONS}${name}`]?.answers ?? {})) {
        const FilterPolicy = said.exec((answer as Refused).Error?.Message ?? "")?.[1] ?? JSON.stringify(more[label]);
        await s.is(label, "Subscribe", { TopicArn, Protocol: "sqs", Endpoint, Attributes: { FilterPolicy } });
      }
    },
  };
}

const cidr = (value: string): object => ({ key: [{ cidr: value }] });
const many = (count: number, from = 0): string[] => Array.from({ length: count }, (_, at) => `value-${from + at}`);

recorded(import.meta.url, "sns-filter-policy", {
  ...refuses("validate_policy"),
  ...refuses("validate_policy_string_operators", {
    "error-condition-bad-cidr-str": cidr("bad-filter"),
    "error-condition-bad-cidr-str-slash": cidr("bad-filter/64"),
    "error-condition-bad-cidr-str-slash-2": cidr("bad-filter/test"),
    "error-condition-bad-cidr-v4": cidr("xx.11.xx/8"),
    "error-condition-bad-cidr-v6": cidr("xxxx:db8:1234:1a00::/64"),
  }),
  ...refuses("validate_policy_numeric_operator"),
  ...refuses("validate_policy_exists_operator"),
  ...refuses("validate_policy_nested_anything_but_operator"),
  ...refuses("policy_complexity", {
    "error-complexity-in-one-condition": { key: many(151) },
    "error-complexity-in-two-conditions": { key: many(10), key2: many(16, 100) },
    "error-complexity-too-many-fields": Object.fromEntries(many(6).map((name) => [name, ["value"]])),
  }),
});
