// DynamoDB: what it has, at a glance.

import { defineService } from "../../cloud/service.ts";
import { access } from "./access.ts";
import { EXPIRE_WORK } from "./engine/expiries.ts";
import { createTable } from "./operations/create-table.ts";
import { deleteItem } from "./operations/delete-item.ts";
import { deleteTable } from "./operations/delete-table.ts";
import { describeTable } from "./operations/describe-table.ts";
import { getItem } from "./operations/get-item.ts";
import { listTables } from "./operations/list-tables.ts";
import { putItem } from "./operations/put-item.ts";
import { query } from "./operations/query.ts";
import { scan } from "./operations/scan.ts";
import { updateItem } from "./operations/update-item.ts";
import { tables } from "./store.ts";
import { expireItems } from "./workers/expire-items.ts";

export const service = defineService({
  name: "dynamodb",
  tables,
  operations: {
    CreateTable: createTable,
    DeleteItem: deleteItem,
    DeleteTable: deleteTable,
    DescribeTable: describeTable,
    GetItem: getItem,
    ListTables: listTables,
    PutItem: putItem,
    Query: query,
    Scan: scan,
    UpdateItem: updateItem,
  },
  access,
  workers: { [EXPIRE_WORK]: expireItems },
});
