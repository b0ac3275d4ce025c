// Verifies one webhook as a receiver in Go does: reads {secret, headers, body} as JSON, and exits 1 when it is not ours.
package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

func main() {
	var message struct {
		Secret, Body string
		Headers      map[string]string
	}
	if err := json.NewDecoder(os.Stdin).Decode(&message); err != nil {
		panic(err)
	}
	webhook, err := standardwebhooks.NewWebhook(message.Secret)
	if err != nil {
		panic(err)
	}
	headers := http.Header{}
	for name, value := range message.Headers {
		headers.Set(name, value)
	}
	if err := webhook.Verify([]byte(message.Body), headers); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
