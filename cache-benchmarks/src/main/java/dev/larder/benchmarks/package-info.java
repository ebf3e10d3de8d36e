/**
 * What each choice of a cache costs, in Larder and in its peers.
 *
 * <p>{@link dev.larder.benchmarks.Main} measures and writes the report. A {@code workload} is measured on every
 * {@code subject}, a {@code run} compares them row by row, and a {@code report} shows it.
 */
@NullMarked
package dev.larder.benchmarks;

import org.jspecify.annotations.NullMarked;
