// A world of its own for every test, in Go: npx hangar exec -- go test ./...
package orders

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"testing"
)

// World is a fork of what is deployed. An AWS SDK reaches it by its endpoint:
//
//	sqs.NewFromConfig(config, func(o *sqs.Options) { o.BaseEndpoint = &world.Endpoint })
type World struct {
	Name     string `json:"name"`
	Endpoint string `json:"endpoint"`
	t        testing.TB
}

func NewWorld(t testing.TB) *World {
	endpoint := os.Getenv("AWS_ENDPOINT_URL")
	if endpoint == "" {
		endpoint = "http://127.0.0.1:4566"
	}
	deployed, fork := &World{Endpoint: endpoint, t: t}, &World{t: t}
	deployed.must("POST", "forks", map[string]any{"title": t.Name()}, fork)
	t.Cleanup(func() { deployed.must("DELETE", "forks/"+fork.Name, nil, nil) })
	return fork
}

// Call runs any operation as the account's root, where no SDK is at hand.
func (w *World) Call(service, operation string, input, output any) error {
	return w.ask("POST", "call", map[string]any{"service": service, "operation": operation, "input": input}, output)
}

func (w *World) Outputs() map[string]string {
	w.t.Helper()
	var answer struct{ Outputs map[string]string }
	w.must("GET", "stacks", nil, &answer)
	return answer.Outputs
}

func (w *World) Settle() { w.t.Helper(); w.must("POST", "settle", nil, nil) }
func (w *World) Advance(by string) {
	w.t.Helper()
	w.must("POST", "clock", map[string]any{"advance": by}, nil)
}
func (w *World) FailNext(action, error string) {
	w.t.Helper()
	w.must("POST", "faults", map[string]any{"action": action, "error": error}, nil)
}

func (w *World) must(method, path string, body, into any) {
	w.t.Helper()
	if err := w.ask(method, path, body, into); err != nil {
		w.t.Fatal(err)
	}
}

func (w *World) ask(method, path string, body, into any) error {
	sent, _ := json.Marshal(body)
	if body == nil {
		sent = nil
	}
	request, err := http.NewRequest(method, w.Endpoint+"/_hangar/"+path, bytes.NewReader(sent))
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		var refusal struct{ Code, Message string }
		_ = json.NewDecoder(response.Body).Decode(&refusal)
		return fmt.Errorf("%s: %s", refusal.Code, refusal.Message)
	}
	if into == nil {
		return nil
	}
	return json.NewDecoder(response.Body).Decode(into)
}
