# For LocalStack alone, which runs this file inside its own process: CloudFormation's AWS::ApiGateway::Authorizer.
#
# The community edition has API Gateway's CreateAuthorizer, but no resource type for it, and refuses every method that
# names an authorizer. With this the same template deploys. It still calls no authorizer; Nebula's functions check the
# token themselves there.
from localstack.services.cloudformation import resource_provider
from localstack.services.cloudformation.resource_provider import OperationStatus, ProgressEvent, ResourceProvider

TYPE = "AWS::ApiGateway::Authorizer"


def first_lower(name):
    return name[0].lower() + name[1:]


class AuthorizerProvider(ResourceProvider):
    TYPE = TYPE
    SCHEMA = {
        "typeName": TYPE,
        "properties": {"AuthorizerId": {"type": "string"}, "RestApiId": {"type": "string"}},
        "required": ["RestApiId", "Type", "Name"],
        "readOnlyProperties": ["/properties/AuthorizerId"],
        "primaryIdentifier": ["/properties/AuthorizerId"],
    }

    def create(self, request):
        model = request.desired_state
        settings = {first_lower(name): value for name, value in model.items() if name != "AuthorizerId"}
        if "authorizerResultTtlInSeconds" in settings:
            settings["authorizerResultTtlInSeconds"] = int(settings["authorizerResultTtlInSeconds"])
        model["AuthorizerId"] = request.aws_client_factory.apigateway.create_authorizer(**settings)["id"]
        return done(request, model)

    def update(self, request):
        return done(request, {**request.previous_state, **request.desired_state})

    def delete(self, request):
        model = request.previous_state or request.desired_state
        request.aws_client_factory.apigateway.delete_authorizer(
            restApiId=model["RestApiId"], authorizerId=model["AuthorizerId"]
        )
        return done(request, model)


def done(request, model):
    return ProgressEvent(
        status=OperationStatus.SUCCESS, resource_model=model, custom_context=request.custom_context
    )


class Plugin:
    factory = AuthorizerProvider


known = resource_provider.plugin_manager.load
resource_provider.plugin_manager.load = lambda name, *rest, **more: (
    Plugin if name == TYPE else known(name, *rest, **more)
)
