// Package trust holds the rules that the code keeps, whoever asks: keys that
// can be destroyed, texts and files sealed under them, pseudonyms that last a
// day, the certificate that a day is gone, and the declaration without which
// nothing personal is collected.
//
// In: a folder of its own for the keys (outside every database, replica and
// backup), a stream of randomness, and the instant. Out: sealed bytes that
// nobody can open once their key is destroyed, and signed proof of that.
//
// Keys never leave the package: they show neither in text nor in errors.
package trust
