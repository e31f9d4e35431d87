// Package golden judges every estimator of the science floor by the stored
// results of reference implementations (R surveillance, EpiEstim, SpatialEpi,
// scanstatistics).
//
// In: the files of a folder, found by walking; each names its algorithm and
// holds cases with the series, the parameters and what the reference made of
// them. Out: per file, how many cases agree within the tolerances. A file of an
// unknown algorithm, and a case of which nothing was compared, count as
// failed. The judge is the package's tests; nothing is exported.
package golden
