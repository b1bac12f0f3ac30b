# The Ruby runtime of an execution environment: loads one handler and serves it over the Runtime API.

require "json"
require "net/http"
require "socket"
require "stringio"
require "uri"

# What the runtime is made of; a handler's own constants lie outside of it.
module HangarRuntime
  API = ENV.fetch("AWS_LAMBDA_RUNTIME_API")
  ENDPOINT = URI.parse(ENV.delete("HANGAR_ENDPOINT"))
  EVENTS = IO.for_fd(3, "w", autoclose: false)
  AMAZON = [".amazonaws.com", ".amazonaws.com.cn", ".api.aws", ".on.aws"].freeze
  SOURCE = File.expand_path(__FILE__)

  # An error under AWS's name for it: what failed, and in which phase.
  class Failure
    attr_reader :type

    def initialize(error, phase)
      @error = error
      @type = "#{phase}<#{error.class}>"
    end

    def body
      trace = (@error.backtrace || []).reject { |line| line.include?(SOURCE) }
      message = @error.respond_to?(:original_message) ? @error.original_message : @error.message
      { errorMessage: message + hint, errorType: @type, stackTrace: trace.first(100) }
    end

    private

    def hint
      return "" unless @error.is_a?(LoadError) && @error.path.to_s.start_with?("aws-sdk")

      "\n(Lambda's runtime brings the AWS SDK; here it comes from this machine's Ruby: gem install #{@error.path})"
    end
  end

  # What a handler gets as `context:`.
  class Context
    attr_reader :aws_request_id, :invoked_function_arn, :deadline_ms, :client_context, :identity

    def initialize(headers)
      @aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
      @invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
      @deadline_ms = headers["Lambda-Runtime-Deadline-Ms"].to_i
      client = headers["Lambda-Runtime-Client-Context"]
      @client_context = JSON.parse(client) if client
    end

    def get_remaining_time_in_millis
      [@deadline_ms - (Time.now.to_f * 1000).to_i, 0].max
    end

    def function_name = ENV.fetch("AWS_LAMBDA_FUNCTION_NAME")
    def function_version = ENV.fetch("AWS_LAMBDA_FUNCTION_VERSION")
    def memory_limit_in_mb = ENV.fetch("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
    def log_group_name = ENV.fetch("AWS_LAMBDA_LOG_GROUP_NAME")
    def log_stream_name = ENV.fetch("AWS_LAMBDA_LOG_STREAM_NAME")
  end

  # Names of ours lead to the endpoint, and nothing reaches the real amazonaws.com.
  module Inside
    def new(host, *rest, **named, &block) = super(HangarRuntime.address(host), *rest, **named, &block)
    def open(host, *rest, **named, &block) = super(HangarRuntime.address(host), *rest, **named, &block)
    def getaddrinfo(host, *rest, **named) = super(HangarRuntime.address(host), *rest, **named)
  end

  # Plain requests to the cloud say whose they are: its functions' URLs and APIs are the same in every fork.
  module Sender
    def exec(socket, version, path)
      ours = self["host"].to_s.downcase
      name = ours.split(":").first.to_s
      near = [ENDPOINT.host, "127.0.0.1", "localhost"].include?(name) || name.end_with?(".localhost")
      if near && ours.end_with?(":#{ENDPOINT.port}")
        self["x-hangar-sender"] = "#{ENV["AWS_ACCESS_KEY_ID"]} #{ENV["_X_AMZN_TRACE_ID"]}"
      end
      super
    end
  end

  module_function

  def address(host)
    name = host.to_s.downcase
    if AMAZON.any? { |ending| name.end_with?(ending) }
      raise SocketError, "Hangar refuses the connection to #{name}: the real AWS is never called."
    end

    ours = ENDPOINT.host
    return host if host.nil? || name == ours || !name.end_with?(".localhost", ".#{ours}", "-#{ours}")

    ours == "localhost" || ours.end_with?(".localhost") ? "127.0.0.1" : ours
  end

  def keep_inside
    [TCPSocket, Addrinfo].each { |kind| kind.singleton_class.prepend(Inside) }
    Net::HTTPGenericRequest.prepend(Sender)
  end

  # The end of stdin is the end of the parent.
  def watch_parent
    Thread.new do
      nil while $stdin.read(4096)
      Process.exit!(1)
    end
  end

  # One event of the log, however many lines.
  def log(text)
    EVENTS.write("#{JSON.generate("#{text}\n")}\n")
    EVENTS.flush
  end

  # `FILE.METHOD` or `FILE.CLASS.METHOD`.
  def load_handler(name)
    file, *owner, method_name = name.split(".")
    unless method_name && owner.size < 2
      raise ArgumentError, "Invalid handler #{name.split(".")}, must be of form FILENAME.METHOD or FILENAME.CLASS.METHOD where FILENAME corresponds with an existing Ruby source file FILENAME.rb, CLASS is an optional module/class namespace and METHOD is a callable method. If using CLASS, METHOD must be a class-level method."
    end

    require file
    lambda do |event, context|
      holder = owner.empty? ? TOPLEVEL_BINDING.receiver : Kernel.const_get(owner.first)
      holder.send(method_name, event: event, context: context)
    end
  end

  def post(path, body, headers = {})
    @http.post("/2018-06-01/runtime#{path}", body, { "Content-Type" => "application/json" }.merge(headers))
  end

  def fail_with(path, error, phase, title)
    failure = Failure.new(error, phase)
    log("#{title}\n#{JSON.pretty_generate(failure.body)}")
    post(path, JSON.generate(failure.body), "Lambda-Runtime-Function-Error-Type" => failure.type)
  end

  def run_one(handler)
    response = @http.get("/2018-06-01/runtime/invocation/next")
    id = response["Lambda-Runtime-Aws-Request-Id"]
    ENV["_X_AMZN_TRACE_ID"] = response["Lambda-Runtime-Trace-Id"]
    answer = handler.call(JSON.parse(response.body), Context.new(response))
    return post("/invocation/#{id}/response", answer.read, "Content-Type" => "application/octet-stream") if answer.is_a?(StringIO)

    post("/invocation/#{id}/response", JSON.generate(answer))
  rescue SystemExit, SignalException
    raise
  rescue Exception => error
    fail_with("/invocation/#{id}/error", error, "Function", "Error raised from handler method")
  end

  def main
    watch_parent
    $stdout.sync = $stderr.sync = true
    host, port = API.split(":")
    @http = Net::HTTP.new(host, port.to_i, nil)
    @http.read_timeout = nil
    @http.max_retries = 0
    @http.keep_alive_timeout = 1_000_000
    @http.start
    keep_inside
    $LOAD_PATH.unshift(ENV.fetch("LAMBDA_TASK_ROOT"))
    begin
      handler = load_handler(ENV.fetch("_HANDLER"))
    rescue SystemExit
      raise
    rescue Exception => error
      fail_with("/init/error", error, "Init", "Init error when loading handler #{ENV.fetch("_HANDLER")}")
      Process.exit!(1)
    end
    loop { run_one(handler) }
  end
end

HangarRuntime.main
