// Package nightly proves a whole night: a schedule over the change of the clocks, from a
// running PostgreSQL to files delivered by SFTP and to storage of the S3 kind, with the
// process killed in the middle of each step and started again. It is a test, which has the
// program as processes of their own, and a clock that the test moves.
package nightly
