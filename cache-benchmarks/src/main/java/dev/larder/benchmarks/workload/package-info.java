/** What is measured: a benchmark class for each workload, which knows no library by name. */
@NullMarked
package dev.larder.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
