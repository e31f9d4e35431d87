// Package stat is the mathematics under the detectors, the estimators and the
// transmission engine: named random streams, distributions, and regression of
// counts.
//
// In: plain numbers, and for chance a [Stream] named by its seed and purpose.
// Out: plain numbers. The same arguments give the same result on any number of
// threads, because nothing here keeps state of its own: a stream is a value,
// its draws are a pure function of its key and its position.
//
// Functions answer NaN where the mathematics has no answer (a mean below zero,
// a probability outside [0, 1]); they never panic and never wait long.
package stat
