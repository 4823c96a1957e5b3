// Package hub is a client for the HTTP API that app.aichatbothub.com shares with every GPT-trainer white label. It contains the objects of
// the service: their JSON types, their limits and defaults, and a method for each request.
//
// The packages below it do the rest: consistency makes concurrent use of the API correct, and rest sends the requests.
package hub
