package consistency

// Writable is a collection that a write changes.
type Writable interface{ beginGeneration() uint64 }

// Write sends a write that changes the collections. A list that began before the write has ended is never returned to a caller that reads
// after it.
func Write[Out any](send func() (Out, error), collections ...Writable) (Out, error) {
	for _, c := range collections {
		c.beginGeneration()
	}
	out, err := send()
	for _, c := range collections {
		c.beginGeneration()
	}
	return out, err
}

// WriteObject is Write for an answer that is an object of the collection. If complete reports that the answer has all that a list shows,
// a caller who reads only this object needs no list.
func WriteObject[T AnyObject](c *Collection[T], send func() (T, error), complete func(T) bool) (T, error) {
	c.beginGeneration()
	object, err := send()
	gen := c.beginGeneration()
	if err == nil && complete(object) {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.written == nil {
			c.written = map[ID]written[T]{}
		}
		c.written[object.object().ID] = written[T]{gen, object}
	}
	return object, err
}

// beginGeneration increments the generation and discards the current list.
func (c *Collection[T]) beginGeneration() uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.gen++
	c.current = nil
	return c.gen
}
