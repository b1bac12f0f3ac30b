// Reads an SSM parameter that need not be there.
import { GetParameterCommand, ParameterNotFound, SSMClient } from "@aws-sdk/client-ssm";

const parameters = new SSMClient({});

export async function parameter(name: string): Promise<string | undefined> {
  try {
    const { Parameter } = await parameters.send(new GetParameterCommand({ Name: name }));
    return Parameter?.Value;
  } catch (error) {
    if (error instanceof ParameterNotFound) return undefined;
    throw error;
  }
}
