"""Each test has the deployed app for itself: they may run in any order, and at once (pytest-xdist)."""

import pytest
from botocore.exceptions import ClientError


def bodies(cloud):
    answer = cloud.client("sqs").receive_message(QueueUrl=cloud.outputs()["QueueUrl"], MaxNumberOfMessages=10)
    return [message["Body"] for message in answer.get("Messages", [])]


@pytest.mark.parametrize("order", ["one", "two"])
def test_an_order_becomes_a_job_and_no_other_test_sees_it(cloud, order):
    cloud.client("sns").publish(TopicArn=cloud.outputs()["TopicArn"], Message=order)
    cloud.settle()
    assert bodies(cloud) == [order]


# docs: python-test
def test_a_job_that_nobody_finishes_comes_back(cloud):
    cloud.client("sqs").send_message(QueueUrl=cloud.outputs()["QueueUrl"], MessageBody="again")
    assert bodies(cloud) == ["again"]
    assert bodies(cloud) == []
    cloud.advance("30 seconds")
    assert bodies(cloud) == ["again"]


def test_a_topic_that_is_gone_is_told_apart(cloud):
    cloud.fail_next("sns:Publish", "NotFoundException")
    publish = {"TopicArn": cloud.outputs()["TopicArn"], "Message": "once"}
    with pytest.raises(ClientError) as failure:
        cloud.client("sns").publish(**publish)
    assert failure.value.response["Error"]["Code"] == "NotFound"
    cloud.client("sns").publish(**publish)
    assert "sns:Publish by root [FAULTED]" in cloud.trace()


def test_what_the_harness_refuses_says_why(cloud):
    with pytest.raises(RuntimeError, match='Not a duration: "soon"'):
        cloud.advance("soon")
