// Every operation of IAM by its API name.

export const operations = {};
