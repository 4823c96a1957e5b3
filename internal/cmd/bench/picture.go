package main

import (
	"fmt"
	"math"
	"strings"
)

// The picture: two charts side by side, in pixels.
const (
	chartWidth, chartHeight = 330.0, 210.0
	marginLeft, marginTop   = 58.0, 56.0
	chartStep               = 430.0
	pictureWidth            = 860
	pictureHeight           = 340
)

// line is the style of a provider's line. Lines differ in color and in dashes.
type line struct{ provider, color, dash string }

var lines = []line{{naive, "#b42318", "6 3"}, {ours, "#0b5fff", ""}, {noOp, "#667085", "2 3"}}

// picture returns an SVG file with the requests and the time of plans by the number of sources, on logarithmic axes.
func (r *results) picture() string {
	var out strings.Builder
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="system-ui, sans-serif" font-size="12" role="img" aria-labelledby="title">`+"\n", pictureWidth, pictureHeight)
	out.WriteString(`<title id="title">Requests and seconds of a plan against the number of sources: this provider, the same without coalescing, and one that does nothing</title>` + "\n")
	fmt.Fprintf(&out, `<rect width="%d" height="%d" rx="8" fill="#ffffff" stroke="#d0d5dd"/>`+"\n", pictureWidth, pictureHeight)
	r.chart(&out, 0, "Requests of a plan", 1, 10000, func(p point) float64 { return float64(p.Requests) })
	r.chart(&out, chartStep, "Seconds of a plan (100 ms a request)", 0.1, 100, func(p point) float64 { return p.Wall })
	r.legend(&out)
	out.WriteString("</svg>\n")
	return out.String()
}

// chart draws one chart, left pixels from the left edge. low and high are the limits of its vertical axis.
func (r *results) chart(out *strings.Builder, left float64, title string, low, high float64, of func(point) float64) {
	most := 1
	for _, p := range r.Plans {
		most = max(most, p.N)
	}
	x := func(n float64) float64 {
		return left + marginLeft + chartWidth*math.Log10(n)/math.Log10(float64(most))
	}
	y := func(v float64) float64 {
		return marginTop + chartHeight*(1-math.Log10(max(v, low)/low)/math.Log10(high/low))
	}
	fmt.Fprintf(out, `<text x="%.1f" y="32" font-size="14" font-weight="600" fill="#101828">%s</text>`+"\n", left+marginLeft, title)
	for v := low; v <= high*1.001; v *= 10 {
		fmt.Fprintf(out, `<path d="M%.1f %.1fh%.1f" stroke="#eaecf0"/><text x="%.1f" y="%.1f" text-anchor="end" fill="#475467">%s</text>`+"\n",
			left+marginLeft, y(v), chartWidth, left+marginLeft-8, y(v)+4, formatNumber(v))
	}
	seen := map[int]bool{}
	for _, p := range r.Plans {
		if !seen[p.N] {
			seen[p.N] = true
			fmt.Fprintf(out, `<text x="%.1f" y="%.1f" text-anchor="middle" fill="#475467">%s</text>`+"\n", x(float64(p.N)), marginTop+chartHeight+18, formatNumber(float64(p.N)))
		}
	}
	fmt.Fprintf(out, `<text x="%.1f" y="%.1f" text-anchor="middle" fill="#475467">sources</text>`+"\n", left+marginLeft+chartWidth/2, marginTop+chartHeight+36)
	for _, l := range lines {
		var path strings.Builder
		command := "M"
		for _, p := range r.Plans {
			if v := of(p); p.Provider == l.provider && v > 0 {
				fmt.Fprintf(&path, "%s%.1f %.1f", command, x(float64(p.N)), y(v))
				fmt.Fprintf(out, `<circle cx="%.1f" cy="%.1f" r="3" fill="%s"><title>%s, %s sources: %s</title></circle>`+"\n", x(float64(p.N)), y(v), l.color, l.provider, formatNumber(float64(p.N)), formatNumber(v))
				command = "L"
			}
		}
		fmt.Fprintf(out, `<path d="%s" fill="none" stroke="%s" stroke-width="2" stroke-dasharray="%s"/>`+"\n", path.String(), l.color, l.dash)
	}
}

// legend draws the legend.
func (r *results) legend(out *strings.Builder) {
	texts := map[string]string{naive: "naive: the same without coalescing", ours: "this provider", noOp: "no-op: same schemas, no I/O, no request"}
	left := marginLeft
	for _, l := range lines {
		fmt.Fprintf(out, `<path d="M%.1f 322h26" stroke="%s" stroke-width="2" stroke-dasharray="%s"/><text x="%.1f" y="326" fill="#344054">%s</text>`+"\n", left, l.color, l.dash, left+34, texts[l.provider])
		left += 70 + 6.4*float64(len(texts[l.provider]))
	}
}

// formatNumber returns a number with at most two significant digits after the point, or with a thousands separator.
func formatNumber(v float64) string {
	switch {
	case v >= 1000:
		return fmt.Sprintf("%d,%03d", int(v)/1000, int(v)%1000)
	case v >= 10 || v == math.Trunc(v):
		return fmt.Sprintf("%.0f", v)
	default:
		return fmt.Sprintf("%.2g", v)
	}
}
