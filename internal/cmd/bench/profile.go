package main

import (
	"errors"
	"os"
	"runtime"
	"runtime/pprof"
)

// profile begins the profiles that were asked for; end writes them.
func profile(o options) (end func() error, err error) {
	ends := []func() error{}
	end = func() error {
		var all error
		for _, f := range ends {
			all = errors.Join(all, f())
		}
		return all
	}
	if o.cpuprofile != "" {
		f, err := os.Create(o.cpuprofile)
		if err != nil {
			return nil, err
		}
		if err := pprof.StartCPUProfile(f); err != nil {
			return nil, err
		}
		ends = append(ends, func() error { pprof.StopCPUProfile(); return f.Close() })
	}
	if o.memprofile != "" {
		f, err := os.Create(o.memprofile)
		if err != nil {
			return nil, err
		}
		ends = append(ends, func() error {
			runtime.GC() // the profile is of the last collection
			return errors.Join(pprof.Lookup("allocs").WriteTo(f, 0), f.Close())
		})
	}
	return end, nil
}
