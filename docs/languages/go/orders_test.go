package orders

import (
	"slices"
	"strings"
	"testing"
)

func bodies(w *World) []string {
	w.t.Helper()
	var answer struct{ Messages []struct{ Body string } }
	input := map[string]any{"QueueUrl": w.Outputs()["QueueUrl"], "MaxNumberOfMessages": 10}
	if err := w.Call("sqs", "ReceiveMessage", input, &answer); err != nil {
		w.t.Fatal(err)
	}
	found := []string{}
	for _, message := range answer.Messages {
		found = append(found, message.Body)
	}
	return found
}

func expect(t *testing.T, w *World, want ...string) {
	t.Helper()
	if got := bodies(w); !slices.Equal(got, want) {
		t.Fatalf("jobs: %v, want %v", got, want)
	}
}

func TestAnOrderBecomesAJobAndNoOtherTestSeesIt(t *testing.T) {
	for _, order := range []string{"one", "two"} {
		t.Run(order, func(t *testing.T) {
			t.Parallel()
			w := NewWorld(t)
			if err := w.Call("sns", "Publish", map[string]any{"TopicArn": w.Outputs()["TopicArn"], "Message": order}, nil); err != nil {
				t.Fatal(err)
			}
			w.Settle()
			expect(t, w, order)
		})
	}
}

// docs: go-test
func TestAJobThatNobodyFinishesComesBack(t *testing.T) {
	t.Parallel()
	w := NewWorld(t)
	if err := w.Call("sqs", "SendMessage", map[string]any{"QueueUrl": w.Outputs()["QueueUrl"], "MessageBody": "again"}, nil); err != nil {
		t.Fatal(err)
	}
	expect(t, w, "again")
	expect(t, w)
	w.Advance("30 seconds")
	expect(t, w, "again")
}

func TestATopicThatIsGoneIsToldApart(t *testing.T) {
	t.Parallel()
	w := NewWorld(t)
	w.FailNext("sns:Publish", "NotFoundException")
	publish := map[string]any{"TopicArn": w.Outputs()["TopicArn"], "Message": "once"}
	if err := w.Call("sns", "Publish", publish, nil); err == nil || !strings.HasPrefix(err.Error(), "NotFound") {
		t.Fatalf("the first publish: %v, want NotFound", err)
	}
	if err := w.Call("sns", "Publish", publish, nil); err != nil {
		t.Fatal(err)
	}
}
