// Lists topics of the account and region, a hundred at a time. https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html

import type { ListTopicsInput, ListTopicsOutput } from "../../../../models/sns.d.ts";
import { pageOf } from "../../rules/page.ts";
import { operation } from "../../store.ts";

export const listTopics = operation<ListTopicsInput, ListTopicsOutput>((input, { store }) => {
  const { items, next } = pageOf([...store.topics.rows()], input.NextToken);
  return { Topics: items.map((topic) => ({ TopicArn: topic.arn })), NextToken: next };
});
