package dev.larder.benchmarks.run;

import dev.larder.benchmarks.subject.Library;

/** Measures one library once. */
@FunctionalInterface
public interface Measure {

    Sample take(Library library, Effort effort) throws Exception;
}
