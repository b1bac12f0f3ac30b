// AWS::Logs::MetricFilter: kept and shown; no metric comes of it.

import type { Properties, ResourceContext, ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";

type Transformation = {
  readonly MetricName: string;
  readonly MetricNamespace: string;
  readonly MetricValue: string;
  readonly DefaultValue?: number;
  readonly Unit?: string;
  readonly Dimensions?: readonly { readonly Key: string; readonly Value: string }[];
};

export const metricFilter: ResourceType = {
  type: "AWS::Logs::MetricFilter",
  properties: ["LogGroupName", "FilterName", "FilterPattern"],
  inert: { MetricTransformations: "stored and shown; CloudWatch metrics are not emulated" },
  async create(properties, context) {
    const name = (properties["FilterName"] as string | undefined) ?? context.physicalName(512);
    await put(name, properties, context);
    return { id: name, attributes: {} };
  },
  async update(state, properties, _previous, context) {
    await put(state.id, properties, context);
    return state;
  },
  async delete(state, properties, context) {
    await unlessGone(
      context.call("logs", "DeleteMetricFilter", {
        logGroupName: properties["LogGroupName"],
        filterName: state.id,
      }),
    );
  },
};

async function put(filterName: string, properties: Properties, context: ResourceContext): Promise<void> {
  const transformations = (properties["MetricTransformations"] as readonly Transformation[] | undefined) ?? [];
  await context.call("logs", "PutMetricFilter", {
    logGroupName: properties["LogGroupName"],
    filterName,
    filterPattern: properties["FilterPattern"] ?? "",
    metricTransformations: transformations.map((each) => ({
      metricName: each.MetricName,
      metricNamespace: each.MetricNamespace,
      metricValue: each.MetricValue,
      ...(each.DefaultValue === undefined ? {} : { defaultValue: Number(each.DefaultValue) }),
      ...(each.Unit === undefined ? {} : { unit: each.Unit }),
      ...(each.Dimensions === undefined
        ? {}
        : { dimensions: Object.fromEntries(each.Dimensions.map(({ Key, Value }) => [Key, Value])) }),
    })),
  });
}
