package hub

// write does a write to the collection: lists from before it or beside it never answer readers from after it. With whole, the answer
// is a whole object, and a reader of just that object needs no list.
func write[T AnyObject, Out any](c *collection[T], send func() (Out, error), whole func(Out) (T, bool)) (Out, error) {
	c.raise()
	out, err := send()
	gen := c.raise()
	if err != nil || whole == nil {
		return out, err
	}
	if object, ok := whole(out); ok {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.own == nil {
			c.own = map[ID]ownObj[T]{}
		}
		c.own[object.object().ID] = ownObj[T]{gen, object}
	}
	return out, nil
}

// raise starts a new generation. What was known before it is no longer handed out.
func (c *collection[T]) raise() uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.gen++
	c.latest = nil
	return c.gen
}
