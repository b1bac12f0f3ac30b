// Lists repositories, all or by name. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeRepositories.html

import type { DescribeRepositoriesInput, DescribeRepositoriesOutput } from "../../../models/ecr.d.ts";
import { pageOf } from "../rules/page.ts";
import { repositoryView } from "../rules/repository-view.ts";
import { operation, registryOf, repositoryAt } from "../store.ts";

export const describeRepositories = operation<DescribeRepositoriesInput, DescribeRepositoriesOutput>(
  (input, context) => {
    const here = registryOf(input.registryId, context);
    const rows =
      input.repositoryNames === undefined
        ? [...here.store.repositories.rows()]
        : input.repositoryNames.map((name) => repositoryAt(name, here));
    const { page, next } = pageOf(rows, input);
    return { repositories: page.map((row) => repositoryView(row, here, context.request.origin)), ...next };
  },
);
