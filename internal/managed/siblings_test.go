package managed

import "testing"

// TestSiblings: two objects of one name are found, and one object is never taken for two.
func TestSiblings(t *testing.T) {
	t.Parallel()
	var n Siblings
	step := func(what string, got, want bool) {
		t.Helper()
		if got != want {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	step("a new one", n.Plan("p", "a", ""), false)
	step("in another parent", n.Plan("q", "a", ""), false)
	step("another name", n.Plan("p", "b", ""), false)
	step("a second one", n.Plan("p", "a", ""), true)

	n = Siblings{}
	step("an existing one", n.Plan("p", "a", "1"), false)
	step("again", n.Plan("p", "a", "1"), false)
	step("renamed", n.Plan("p", "b", "1"), false)
	step("the name that it had", n.Plan("p", "a", "2"), false)
	step("both", n.Plan("p", "a", "1"), true)
	step("the name that is free", n.Plan("p", "b", "3"), false)
	n.Delete("2")
	step("after the delete of the other", n.Plan("p", "a", "1"), false)

	n = Siblings{}
	step("planned", n.Plan("p", "a", ""), false)
	n.Create("p", "a")
	step("created", n.Plan("p", "a", "1"), false)
	step("planned later", n.Plan("p", "a", "1"), false)
	step("a new one beside it", n.Plan("p", "a", ""), true)
	n.Create("p", "a") // which fails
	step("another try", n.Plan("p", "a", ""), true)
	n.Create("x", "y")
	step("not planned", n.Plan("x", "y", ""), false)
}
