package main

import (
	"fmt"
	"html"
	"strings"
)

// Sizes of the picture in pixels, and the time for which a screen is shown.
const (
	textWidth     = 675 // of recordedColumns characters
	lineHeight    = 19
	marginX       = 14
	barHeight     = 30
	screenSeconds = 7
)

// classes are the CSS classes of colors. The ratio of each color to the background is at least 4.5.
var classes = map[string]string{bold: "b", dim: "d", red: "r", green: "g", yellow: "y", cyan: "c"}

// svgStyle has the colors of a dark terminal, whose border is visible on light and on dark pages. Without animations, and for people who do not
// want them, the screen with the class "still" is shown.
const svgStyle = `text{font:14px/19px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace;fill:#e6edf3;white-space:pre}
.b{fill:#fff;font-weight:600}.d{fill:#9198a1}.r{fill:#ff7b72}.g{fill:#56d364}.y{fill:#e3b341}.c{fill:#79c0ff}
.screen{visibility:hidden}.still{visibility:visible}
@media (prefers-reduced-motion:no-preference){.screen{animation:show %ds step-end infinite}}
@keyframes show{0%%{visibility:visible}%.4g%%,to{visibility:hidden}}
`

// svg draws screens of text with SGR colors as an animation that shows one after the other.
func svg(screens [][]string) string {
	width, height := textWidth+2*marginX, barHeight+recordedRows*lineHeight+lineHeight
	total := len(screens) * screenSeconds
	var b strings.Builder
	fmt.Fprintf(&b, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-labelledby=\"title\">\n", width, height, width, height)
	b.WriteString("<title id=\"title\">make demo: Terraform creates a chatbot, changes a prompt, imports an agent, corrects drift, and asks a question</title>\n")
	fmt.Fprintf(&b, "<style>\n"+svgStyle, total, 100/float64(len(screens)))
	for i := range screens {
		// With a negative delay, an animation begins as if it had run before. So each screen is shown once in a round.
		fmt.Fprintf(&b, "#s%d{animation-delay:%ds}\n", i+1, i*screenSeconds-total)
	}
	fmt.Fprintf(&b, "</style>\n<rect x=\".5\" y=\".5\" width=\"%d\" height=\"%d\" rx=\"8\" fill=\"#0d1117\" stroke=\"#6e7681\"/>\n", width-1, height-1)
	fmt.Fprintf(&b, "<path d=\"M1 %d.5H%d\" stroke=\"#30363d\"/>\n<text class=\"d\" x=\"%d\" y=\"20\">make demo</text>\n", barHeight, width-1, marginX)
	for i, screen := range screens {
		class := "screen"
		if i == stillScreen {
			class += " still"
		}
		fmt.Fprintf(&b, "<g id=\"s%d\" class=\"%s\">\n<text class=\"d\" text-anchor=\"end\" x=\"%d\" y=\"20\">%d/%d</text>\n", i+1, class, width-marginX, i+1, len(screens))
		for row, line := range screen {
			if line != "" {
				fmt.Fprintf(&b, "<text xml:space=\"preserve\" x=\"%d\" y=\"%d\">%s</text>\n", marginX, barHeight+(row+1)*lineHeight+3, colored(line))
			}
		}
		b.WriteString("</g>\n")
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// stillScreen is the screen without animation: the change of the prompt.
const stillScreen = 2

// colored converts SGR colors to elements of SVG.
func colored(line string) string {
	var b strings.Builder
	for line != "" {
		start := colorCode.FindStringSubmatchIndex(line)
		if start == nil {
			b.WriteString(html.EscapeString(line))
			break
		}
		b.WriteString(html.EscapeString(line[:start[0]]))
		text, rest, _ := strings.Cut(line[start[1]:], "\x1b[0m")
		fmt.Fprintf(&b, "<tspan class=%q>%s</tspan>", classes[line[start[2]:start[3]]], html.EscapeString(text))
		line = rest
	}
	return b.String()
}
