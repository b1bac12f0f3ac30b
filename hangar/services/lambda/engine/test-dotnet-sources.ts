// C# for the tests of .NET functions: stand-ins for packages of NuGet, the functions, and a program with a bootstrap of its own.

/** Stands in for NuGet's Amazon.Lambda.Core, which no test can reach: the names and signatures that functions and runtimes meet there. */
export const CORE = `using System;
using System.Collections.Generic;
using System.IO;
namespace Amazon.Lambda.Core {
  public enum LogLevel { Trace, Debug, Information, Warning, Error, Critical }
  public interface IClientApplication {
    string AppPackageName { get; } string AppTitle { get; } string AppVersionCode { get; }
    string AppVersionName { get; } string InstallationId { get; }
  }
  public interface IClientContext {
    IDictionary<string, string> Environment { get; } IClientApplication Client { get; } IDictionary<string, string> Custom { get; }
  }
  public interface ICognitoIdentity { string IdentityId { get; } string IdentityPoolId { get; } }
  public interface ILambdaLogger {
    void Log(string message); void LogLine(string message); void Log(string level, string message);
    void Log(LogLevel level, string message, params object[] args);
    void Log(LogLevel level, Exception exception, string message, params object[] args);
    void LogDebug(string message); void LogWarning(string message, params object[] args);
  }
  public interface ILambdaContext {
    string AwsRequestId { get; } IClientContext ClientContext { get; } string FunctionName { get; } string FunctionVersion { get; }
    ICognitoIdentity Identity { get; } string InvokedFunctionArn { get; } ILambdaLogger Logger { get; } string LogGroupName { get; }
    string LogStreamName { get; } int MemoryLimitInMB { get; } TimeSpan RemainingTime { get; } string TraceId { get; }
  }
  public interface ILambdaSerializer { T Deserialize<T>(Stream requestStream); void Serialize<T>(T response, Stream responseStream); }
  [AttributeUsage(AttributeTargets.Method | AttributeTargets.Assembly)]
  public sealed class LambdaSerializerAttribute : Attribute {
    public Type SerializerType { get; set; }
    public LambdaSerializerAttribute(Type serializerType) { SerializerType = serializerType; }
  }
  public static class LambdaLogger {
    private static Action<string> _loggingAction = Console.WriteLine;
    private static Action<string, string, object[]> _loggingWithLevelAction = (level, message, args) => Console.WriteLine(message);
    public static void Log(string message) { _loggingAction(message); }
    public static void Log(LogLevel level, string message, params object[] args) { _loggingWithLevelAction(level.ToString(), message, args); }
  }
}
`;

/** And for Amazon.Lambda.Serialization.SystemTextJson. */
const SERIALIZER = `
public sealed class JsonOfTheSystem : ILambdaSerializer {
  public T Deserialize<T>(Stream stream) {
    using (var text = new StreamReader(stream)) return JsonSerializer.Deserialize<T>(text.ReadToEnd());
  }
  public void Serialize<T>(T value, Stream stream) {
    using (var writer = new Utf8JsonWriter(stream)) JsonSerializer.Serialize(writer, value);
  }
}
`;

/** Handlers of many shapes. */
export const SOURCE = `using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using Amazon.Lambda.Core;
[assembly: LambdaSerializer(typeof(App.JsonOfTheSystem))]
namespace App {
  public class Order { public string who { get; set; } public int[] prices { get; set; } }
  public class Base {
    public int Inherited(Order order) => order.prices.Sum();
  }
  public class Functions : Base {
    readonly int born = Environment.TickCount;
    int count;
    public object Context(Order order, ILambdaContext context) {
      Console.WriteLine("called for {0}", order.who);
      Console.Error.WriteLine("two\\nlines");
      context.Logger.LogLine("by the context's logger");
      context.Logger.Log(LogLevel.Warning, "{who} has {count}", order.who, 2);
      context.Logger.LogDebug("not seen");
      LambdaLogger.Log("by the static logger");
      var client = context.ClientContext;
      return new {
        order.who, id = context.AwsRequestId, name = context.FunctionName, arn = context.InvokedFunctionArn,
        version = context.FunctionVersion, memory = context.MemoryLimitInMB, group = context.LogGroupName,
        left = context.RemainingTime > TimeSpan.Zero && context.RemainingTime <= TimeSpan.FromSeconds(10),
        trace = context.TraceId == Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID"),
        title = client.Client?.AppTitle, custom = client.Custom, identity = context.Identity.IdentityId,
        root = Environment.GetEnvironmentVariable("LAMBDA_TASK_ROOT"), count = ++count
      };
    }
    public static async Task<string> Later(ILambdaContext context) { await Task.Delay(5); return context.FunctionName; }
    public async Task Nothing() { await Task.Delay(5); }
    public Stream Streams(Stream input) => new MemoryStream(System.Text.Encoding.UTF8.GetBytes("[" + new StreamReader(input).ReadToEnd() + "]"));
    public int Twice(int number) => number * 2;
    public string Twice(string text) => text + text;
    public string Fails(Order order) { throw new InvalidOperationException("no", new ArgumentException("inner")); }
    public async Task<string> FailsLater(Order order) { await Task.Delay(5); throw new InvalidOperationException("later"); }
    public async void Void(Order order) { await Task.Delay(5); }
    public int Second(int one, int two) => 0;
    public async Task<string> Calls(string uri) {
      try { return await new HttpClient().GetStringAsync(uri); } catch (HttpRequestException error) { return error.Message; }
    }
    public int Process() => System.Diagnostics.Process.GetCurrentProcess().Id;
    public int Sleeps(int milliseconds) { System.Threading.Thread.Sleep(milliseconds); return milliseconds; }
    public int Churns(int megabytes) { var all = 0; for (var each = 0; each < megabytes * 16; each++) { var block = new byte[1 << 16]; Array.Fill(block, (byte)1); all += block[7]; } return all / 16; }
    public int Holds(int megabytes) {
      var all = new List<byte[]>();
      for (var each = 0; each < megabytes; each++) { var block = new byte[1 << 20]; Array.Fill(block, (byte)1); all.Add(block); }
      return all.Count;
    }
  }
  public abstract class Unfinished { public int Total(Order order) => 0; }
  public class Broken { public Broken() { throw new InvalidOperationException("not today"); } public int Total() => 0; }
${SERIALIZER}
}
`;

/** The Runtime API with nothing but the framework, as a program with its own bootstrap has it. */
export const PROGRAM = `using System;
using System.Linq;
using System.Net.Http;
public static class Program {
  public static int Length(string text) => text.Length;
  public static void Main(string[] arguments) {
    Console.WriteLine("on its own");
    var client = new HttpClient { BaseAddress = new Uri("http://" + Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/invocation/") };
    for (;;) {
      var next = client.GetAsync("next").Result;
      var id = next.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").First();
      var body = next.Content.ReadAsStringAsync().Result;
      var answer = "{\\"echo\\":" + body + ",\\"version\\":\\"" + Environment.Version + "\\",\\"arguments\\":" + arguments.Length + "}";
      client.PostAsync(id + "/response", new StringContent(answer)).Wait();
    }
  }
}
`;
