// Lists repositories, all or by name. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeRepositories.html

import type { DescribeRepositoriesInput, DescribeRepositoriesOutput } from "../../../models/ecr.d.ts";
import { repositoryView } from "../rules/repository-view.ts";
import { operation, repositoryAt } from "../store.ts";

export const describeRepositories = operation<DescribeRepositoriesInput, DescribeRepositoriesOutput>(
  (input, context) => {
    const rows =
      input.repositoryNames === undefined
        ? [...context.store.repositories.rows()]
        : input.repositoryNames.map((name) => repositoryAt(name, context));
    const from = Number(input.nextToken ?? 0);
    const most = input.maxResults ?? 100;
    return {
      repositories: rows.slice(from, from + most).map((row) => repositoryView(row, context.account)),
      ...(from + most < rows.length ? { nextToken: String(from + most) } : {}),
    };
  },
);
