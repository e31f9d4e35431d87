package visitlog

import (
	"fmt"
	"path"
)

// Damage is an error that names a part of a day's storage that cannot be read.
// What else the day holds is still answered.
type Damage struct {
	// File is the file's name within its day, Problem what is wrong with it.
	File    string
	Problem error
}

// Error names the file and the problem.
func (d *Damage) Error() string { return fmt.Sprintf("%s is damaged: %v", d.File, d.Problem) }

// Unwrap gives the problem.
func (d *Damage) Unwrap() error { return d.Problem }

func damaged(name, format string, args ...any) error {
	dir, file := path.Split(name)
	return &Damage{File: path.Join(path.Base(dir), file), Problem: fmt.Errorf(format, args...)}
}
