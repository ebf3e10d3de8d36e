/** The libraries that are compared, each behind one small adapter, so that a workload is written once. */
@NullMarked
package dev.larder.benchmarks.subject;

import org.jspecify.annotations.NullMarked;
