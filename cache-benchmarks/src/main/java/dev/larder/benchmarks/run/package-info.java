/** The rows of the comparison, and how they are measured: in JVMs of their own, the libraries taking turns. */
@NullMarked
package dev.larder.benchmarks.run;

import org.jspecify.annotations.NullMarked;
