package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"golang.org/x/sync/errgroup"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/protocol"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/provider"
)

// listing returns the size of the list of sources, in MB.
func (w *world) listing(ctx context.Context) (float64, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, w.url+"/api/v1/chatbot/"+w.hub.Chatbots()[0].UUID+"/data-sources", http.NoBody)
	if err != nil {
		return 0, err
	}
	req.Header.Set("Authorization", "Bearer "+w.hub.Key())
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	n, err := io.Copy(io.Discard, resp.Body)
	err = errors.Join(err, resp.Body.Close())
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("the list of sources: %s", resp.Status)
	}
	return float64(n) / 1e6, err
}

// tenLists compares the time of reading the lists of ten chatbots concurrently with that of one list (P8). It does not use Terraform,
// because Terraform would read ten objects in any order, which can be in the same chatbot.
func tenLists(ctx context.Context, b *bench) error {
	w, err := b.empty(ctx, configuration, mockhub.Quirks{})
	if err != nil {
		return err
	}
	defer w.end()
	var objects []object
	for range 10 {
		bot := w.hub.AddChatbot(mockhub.Chatbot{})
		var last string
		for range 100 {
			last = w.hub.AddSource(bot, mockhub.Source{})
		}
		objects = append(objects, object{bot, last})
	}
	var one, ten []cost
	for range 5 {
		for _, round := range []struct {
			objects []object
			runs    *[]cost
		}{{objects[:1], &one}, {objects, &ten}} {
			took, err := w.readSources(ctx, round.objects)
			if err != nil {
				return err
			}
			*round.runs = append(*round.runs, cost{Wall: took.Seconds()})
		}
	}
	alone, together := medians(one).Wall, medians(ten).Wall
	b.add("P8", "time of the lists of ten chatbots", milliseconds(together), "", "", "1.5 × one list = "+milliseconds(1.5*alone), together <= 1.5*alone)
	return nil
}

// object is a source and its chatbot.
type object struct{ bot, id string }

// readSources reads sources concurrently with a new provider, and returns the time that this took.
func (w *world) readSources(ctx context.Context, objects []object) (time.Duration, error) {
	const typeName = "aichatbothub_source"
	server := protocol.NewServer(provider.New("bench")())
	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return 0, err
	}
	config, err := objectOf(schemas.Provider, map[string]string{"api_key": w.hub.Key(), "base_url": w.url})
	if err != nil {
		return 0, err
	}
	configured, err := server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{Config: config})
	if err := firstError(err, configured.Diagnostics); err != nil {
		return 0, err
	}
	var all errgroup.Group
	start := time.Now()
	for _, o := range objects {
		state, err := objectOf(schemas.ResourceSchemas[typeName], map[string]string{"id": o.id, "chatbot_id": o.bot})
		if err != nil {
			return 0, err
		}
		all.Go(func() error {
			read, err := server.ReadResource(ctx, &tfprotov6.ReadResourceRequest{TypeName: typeName, CurrentState: state})
			return firstError(err, read.Diagnostics)
		})
	}
	err = all.Wait()
	return time.Since(start), err
}

// objectOf returns an object of a schema with these string attributes. All others are null.
func objectOf(schema *tfprotov6.Schema, texts map[string]string) (*tfprotov6.DynamicValue, error) {
	ty, _ := schema.ValueType().(tftypes.Object)
	values := map[string]tftypes.Value{}
	for name, attribute := range ty.AttributeTypes {
		values[name] = tftypes.NewValue(attribute, nil)
	}
	for name, text := range texts {
		values[name] = tftypes.NewValue(tftypes.String, text)
	}
	v, err := tfprotov6.NewDynamicValue(ty, tftypes.NewValue(ty, values))
	return &v, err
}

// firstError returns err, or else the first error in the diagnostics.
func firstError(err error, diags []*tfprotov6.Diagnostic) error {
	for _, d := range diags {
		if err == nil && d.Severity == tfprotov6.DiagnosticSeverityError {
			err = fmt.Errorf("%s: %s", d.Summary, d.Detail)
		}
	}
	return err
}
