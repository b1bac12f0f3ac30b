// What each operation of IAM needs.

export const access = {};
