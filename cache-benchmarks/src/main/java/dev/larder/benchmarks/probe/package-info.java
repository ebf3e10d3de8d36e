/** What is measured in one go rather than in a loop: memory, start-up, a stampede, traces, what a plain cache keeps. */
@NullMarked
package dev.larder.benchmarks.probe;

import org.jspecify.annotations.NullMarked;
